"""Technologies applied in a case."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.actions.technologies import apply_technology, withdraw_technology
from yanapay.web.acting import accepted, actor
from yanapay.web.assistance.execution.forms import ReasonForm, TechnologyUseForm
from yanapay.web.assistance.pages import back, editable, form_page, workable
from yanapay.web.http import Request


def add(request: Request, pk: int) -> HttpResponse:
    """What was applied and what it changed; one that the catalogue lacks is added to it."""
    case = workable(request, pk)
    form = TechnologyUseForm(request.POST or None, initial={"on": timezone.localdate()})
    if accepted(form, apply_technology, by=actor(request, case), case=case):
        return back(request, case, _("The technology is noted."), "technologies")
    lead = _("At least one kind of change: equipment, skills or organisation.")
    return form_page(
        request, form, title=_("Technology applied"), case=case, lead=lead,
        template="assistance/execution/technology.html",
    )  # fmt: skip


def withdraw(request: Request, pk: int, use: int) -> HttpResponse:
    """It was noted by mistake."""
    case = editable(request, pk)
    found = get_object_or_404(case.technologies.select_related("technology"), pk=use)
    form = ReasonForm(request.POST or None)
    if accepted(form, withdraw_technology, by=actor(request, case), use=found):
        return back(request, case, _("Removed."), "technologies")
    title = _("Remove: %(what)s") % {"what": found.technology}
    return form_page(request, form, title=title, case=case, action_label=_("Remove"))
