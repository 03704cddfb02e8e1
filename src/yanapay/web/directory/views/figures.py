"""Adding figures of a day and correcting them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.directory.actions.observations import correct_observation, observe
from yanapay.web.acting import actor, attempt
from yanapay.web.directory.forms.figures import CorrectionForm, ObservationForm
from yanapay.web.directory.pages import back, editable, form_page
from yanapay.web.http import Request

TEMPLATE = "directory/observation.html"


def add(request: Request, pk: int) -> HttpResponse:
    """The figures of a day."""
    organisation = editable(request, pk)
    form = ObservationForm(request.POST or None, initial={"observed_on": timezone.localdate()})
    if form.is_valid() and attempt(
        form,
        lambda: observe(
            by=actor(request, organisation), organisation=organisation, figures=form.values
        ),
    ):
        return back(request, organisation, _("The figures are kept."), "figures")
    return form_page(
        request,
        form,
        title=_("New figures"),
        about=organisation,
        template=TEMPLATE,
        draft="figures",
    )


def correct(request: Request, pk: int, observation: int) -> HttpResponse:
    """Replace figures by right ones, with the reason."""
    organisation = editable(request, pk)
    wrong = get_object_or_404(organisation.observations, pk=observation)
    form = CorrectionForm(request.POST or None, instance=wrong)
    if form.is_valid() and attempt(
        form,
        lambda: correct_observation(
            by=actor(request, organisation),
            observation=organisation.observations.get(pk=wrong.pk),
            figures=form.values,
            reason=form.cleaned_data["reason"],
        ),
    ):
        return back(
            request,
            organisation,
            _("The figures are corrected; the old ones stay in the history."),
            "figures",
        )
    return form_page(
        request, form, title=_("Correct the figures"), about=organisation, template=TEMPLATE
    )
