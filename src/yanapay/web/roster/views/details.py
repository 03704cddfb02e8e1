"""Papers, specialities, places, days off and ratings of an entry of the roster."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.roster.access import can_see_file
from yanapay.roster.actions.credentials import add_credential, remove_credential
from yanapay.roster.actions.knowledge import (
    add_absence,
    add_speciality,
    rate_specialist,
    remove_absence,
    remove_speciality,
    set_areas,
)
from yanapay.roster.models import Requirement, Specialist
from yanapay.roster.queries.specialists import open_specialist
from yanapay.web.acting import accepted, actor, attempt
from yanapay.web.http import Request
from yanapay.web.roster.forms import (
    AbsenceForm,
    CredentialForm,
    GoesToForm,
    RatingForm,
    ReasonForm,
    SpecialityForm,
)
from yanapay.web.roster.pages import available, back, editable, form_page


def add_paper(request: Request, pk: int) -> HttpResponse:
    """Note a paper that was shown, with its scan."""
    specialist = editable(request, pk)
    asked = Requirement.objects.filter(
        kind=specialist.kind, code=request.GET.get("requirement", "")
    ).first()
    start = {"requirement": asked.pk if asked else None}
    form = CredentialForm(
        request.POST or None, request.FILES or None, specialist=specialist, initial=start
    )
    if form.is_valid() and attempt(form, lambda: _add_paper(request, specialist, form)):
        return back(request, specialist, _("The paper is noted."), "papers")
    lead = _("Note only what you have seen. The scan stays in your centre.")
    return form_page(
        request, form, title=_("Add a paper"), specialist=specialist, lead=lead, multipart=True
    )


def remove_paper(request: Request, pk: int, paper: int) -> HttpResponse:
    """Take back a paper that was noted by mistake."""
    specialist = editable(request, pk)
    held = get_object_or_404(specialist.credentials.select_related("requirement"), pk=paper)
    form = ReasonForm(request.POST or None)
    if accepted(form, remove_credential, by=actor(request, specialist), credential=held):
        return back(request, specialist, _("The paper is removed."), "papers")
    title = _("Remove: %(what)s") % {"what": held.requirement.label}
    return form_page(request, form, title=title, specialist=specialist, danger=True)


def download_paper(request: Request, pk: int, paper: int) -> HttpResponseBase:
    """The scan, as a download."""
    specialist = open_specialist(request.scope, pk)
    held = get_object_or_404(specialist.credentials, pk=paper)
    if not can_see_file(request.scope, specialist) or not held.stored:
        raise Http404
    return FileResponse(held.stored.open("rb"), as_attachment=True, filename=held.file_name)


def speciality(request: Request, pk: int) -> HttpResponse:
    """Add something that they know."""
    specialist = editable(request, pk)
    form = SpecialityForm(request.POST or None)
    if accepted(form, add_speciality, by=actor(request, specialist), specialist=specialist):
        return back(request, specialist, _("The speciality is noted."), "specialities")
    lead = _("The topic alone, or narrowed to a branch or a technology. Add as many as there are.")
    return form_page(request, form, title=_("Add a speciality"), specialist=specialist, lead=lead)


@require_POST
def drop_speciality(request: Request, pk: int, speciality: int) -> HttpResponse:
    """Take back a speciality."""
    specialist = editable(request, pk)
    held = get_object_or_404(specialist.specialities, pk=speciality)
    remove_speciality(by=actor(request, specialist), speciality=held)
    return back(request, specialist, _("Removed."), "specialities")


def areas(request: Request, pk: int) -> HttpResponse:
    """Where they go."""
    specialist = editable(request, pk)
    held = specialist.areas.values_list("area", flat=True)
    form = GoesToForm(request.POST or None, held=held)
    if form.is_valid():
        set_areas(by=actor(request, specialist), specialist=specialist, areas=form.areas)
        return back(request, specialist, _("Saved."), "areas")
    return form_page(request, form, title=_("Where they go"), specialist=specialist)


def absence(request: Request, pk: int) -> HttpResponse:
    """Days without work; also noted by the specialist."""
    specialist = available(request, pk)
    start = {"since": timezone.localdate()}
    form = AbsenceForm(request.POST or None, initial=start)
    if accepted(form, add_absence, by=actor(request, specialist), specialist=specialist):
        return back(request, specialist, _("The days are noted."), "absences")
    return form_page(request, form, title=_("Note days without work"), specialist=specialist)


@require_POST
def drop_absence(request: Request, pk: int, absence: int) -> HttpResponse:
    """They are there after all."""
    specialist = available(request, pk)
    held = get_object_or_404(specialist.absences, pk=absence)
    remove_absence(by=actor(request, specialist), absence=held)
    return back(request, specialist, _("Removed."), "absences")


def rate(request: Request, pk: int) -> HttpResponse:
    """How they did in one piece of work."""
    specialist = editable(request, pk)
    start = {"on": timezone.localdate(), "subject": request.GET.get("subject", "")}
    form = RatingForm(request.POST or None, initial=start)
    if accepted(form, rate_specialist, by=actor(request, specialist), specialist=specialist):
        return back(request, specialist, _("The rating is noted."), "ratings")
    return form_page(request, form, title=_("Rate their work"), specialist=specialist)


def _add_paper(request: Request, specialist: Specialist, form: CredentialForm) -> object:
    data = dict(form.cleaned_data)
    sent = data.pop("file")
    return add_credential(
        by=actor(request, specialist), specialist=specialist, file=sent,
        content_type=sent.content_type if sent else "", **data,
    )  # fmt: skip
