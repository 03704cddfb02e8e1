"""Deliverables: handed over, accepted or returned by the enterprise, paid."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.assistance.access import can_edit_case
from yanapay.assistance.actions.contracts import (
    accept_milestone,
    deliver_milestone,
    pay_milestone,
    return_milestone,
)
from yanapay.assistance.models import Case, Milestone
from yanapay.assistance.queries.delivery import deliverables_for
from yanapay.kernel.errors import NotAllowed, YanapayError
from yanapay.web.acting import accepted, actor, say
from yanapay.web.assistance.execution.forms import (
    AcceptanceForm,
    DayForm,
    DeliveryForm,
    ReasonForm,
)
from yanapay.web.assistance.execution.pages import milestone_of
from yanapay.web.assistance.pages import REFUSED, back, form_page, settleable
from yanapay.web.http import Request


def deliver(request: Request, pk: int, milestone: int) -> HttpResponse:
    """The specialist hands something over, with the report."""
    case, found = milestone_of(request, pk, milestone)
    form = DeliveryForm(request.POST or None, request.FILES or None, initial=_today())
    if accepted(form, deliver_milestone, by=actor(request, case), milestone=found):
        return back(request, case, _("It is delivered and waits for the enterprise."), "team")
    return form_page(
        request, form, title=_("Deliver: %(what)s") % {"what": found.deliverable}, case=case,
        multipart=True, draft="delivery", action_label=_("Deliver"),
    )  # fmt: skip


def accept(request: Request, pk: int, milestone: int) -> HttpResponse:
    """Staff note that the enterprise accepts."""
    case, found = _of_staff(request, pk, milestone)
    start = {**_today(), "accepted_by_name": case.contact.name if case.contact else ""}
    form = AcceptanceForm(request.POST or None, initial=start)
    if accepted(form, accept_milestone, by=actor(request, case), milestone=found):
        return back(request, case, _("The enterprise has accepted it: it can be paid."), "team")
    title = _("The enterprise accepts: %(what)s") % {"what": found.deliverable}
    return form_page(
        request, form, title=title, case=case, lead=found.delivery_note, action_label=_("Accept")
    )


def give_back(request: Request, pk: int, milestone: int) -> HttpResponse:
    """Staff note that the enterprise asks for more."""
    case, found = _of_staff(request, pk, milestone)
    form = ReasonForm(request.POST or None)
    if accepted(form, return_milestone, by=actor(request, case), milestone=found):
        return back(request, case, _("It is returned with the reason."), "team")
    title = _("Return: %(what)s") % {"what": found.deliverable}
    return form_page(request, form, title=title, case=case, action_label=_("Return"))


def pay(request: Request, pk: int, milestone: int) -> HttpResponse:
    """The specialist is paid for what was accepted."""
    case, found = _of_staff(request, pk, milestone, ended_too=True)
    form = DayForm(request.POST or None, initial=_today())
    if accepted(form, pay_milestone, by=actor(request, case), milestone=found):
        return back(request, case, _("The payment is noted."), "team")
    title = _("Pay: %(what)s") % {"what": found.deliverable}
    return form_page(request, form, title=title, case=case, action_label=_("Note the payment"))


def waiting(request: Request) -> HttpResponse:
    """What specialists delivered to the entrepreneur's own enterprise."""
    request.scope.require("own.view")
    return render(
        request,
        "assistance/execution/waiting.html",
        {"milestones": deliverables_for(request.user.pk)},
    )


@require_POST
def decide(request: Request, milestone: int) -> HttpResponse:
    """The entrepreneur accepts or returns a deliverable from their own account."""
    request.scope.require("own.view")
    found = get_object_or_404(deliverables_for(request.user.pk), pk=milestone)
    case = found.contract.assignment.case
    try:
        if "accept" in request.POST:
            accept_milestone(by=actor(request, case), milestone=found, on=timezone.localdate(),
                             accepted_by_name=request.user.signature)  # fmt: skip
            messages.success(request, _("You accepted «%(what)s».") % {"what": found.deliverable})
        else:
            reason = request.POST.get("reason", "")[:300]
            return_milestone(by=actor(request, case), milestone=found, reason=reason)
            messages.success(request, _("You returned «%(what)s».") % {"what": found.deliverable})
    except YanapayError as refused:
        messages.error(request, say(refused.message))
    return redirect("assistance:deliverables")


def _of_staff(
    request: Request, pk: int, milestone: int, *, ended_too: bool = False
) -> tuple[Case, Milestone]:
    """A deliverable, for what only staff note; paying goes on after the case has ended."""
    if not ended_too:
        case, found = milestone_of(request, pk, milestone)
        if not can_edit_case(request.scope, case):
            raise NotAllowed(REFUSED)
        return case, found
    case = settleable(request, pk)
    return case, get_object_or_404(Milestone, contract__assignment__case=case, pk=milestone)


def _today() -> dict[str, object]:
    return {"on": timezone.localdate()}
