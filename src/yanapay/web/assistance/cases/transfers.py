"""A case passes to another centre: offered, accepted, declined, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.assistance.actions.transfers import (
    accept_transfer,
    ask_transfer,
    decline_transfer,
    withdraw_transfer,
)
from yanapay.assistance.choices import RequestState
from yanapay.assistance.models import Case, CaseTransfer
from yanapay.assistance.queries.transfers import (
    agreed_to_sharing,
    open_transfer,
    transfers_asked,
    transfers_to_answer,
)
from yanapay.kernel.errors import NotFound
from yanapay.web.acting import actor, attempt, made, show_form
from yanapay.web.assistance.cases.forms import DeclineForm, ResponsibleForm, TransferForm
from yanapay.web.assistance.pages import assignable, back, form_page
from yanapay.web.http import Request

SHOWN = 50


def ask(request: Request, pk: int) -> HttpResponse:
    """Offer the case to another centre."""
    case = assignable(request, pk)
    needs = not agreed_to_sharing(case.organisation)
    form = TransferForm(request.POST or None, centre=case.centre_id, needs_consent=needs)
    if form.is_valid() and attempt(form, lambda: _ask(request, case, form)):
        return back(
            request, case, _("The other centre was asked. It sees the title and your reason.")
        )
    lead = _("The other centre accepts or declines. Once it accepts, the case is theirs with its history, "
             "and they may read the file of the enterprise.")  # fmt: skip
    return form_page(
        request, form, title=_("Transfer to another centre"), case=case, lead=lead,
        action_label=_("Ask the other centre"),
    )  # fmt: skip


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """The case stays here after all."""
    case = assignable(request, pk)
    pending = case.transfers.filter(state=RequestState.PENDING).first()
    if pending is None:
        raise NotFound("There is no such offer, or it was answered already.")
    withdraw_transfer(by=actor(request, case), transfer=pending, on=timezone.localdate())
    return back(request, case, _("The case stays in your centre."))


def inbox(request: Request) -> HttpResponse:
    """What other centres offer, and what we offered."""
    request.scope.require("assistance.assign")
    context = {
        "waiting": transfers_to_answer(request.scope),
        "asked": transfers_asked(request.scope)[:SHOWN],
    }
    return render(request, "assistance/cases/transfers.html", context)


def accept(request: Request, pk: int) -> HttpResponse:
    """Take the case over and choose who answers for it."""
    transfer, today = open_transfer(request.scope, pk), timezone.localdate()
    form = ResponsibleForm(request.POST or None, centre=transfer.target_id, on=today)
    if form.is_valid() and (case := made(form, lambda: _accept(request, transfer, form))):
        return back(request, case, _("The case is in your centre now."))
    return _answer_page(request, transfer, form, _("Take over the case"))


def decline(request: Request, pk: int) -> HttpResponse:
    """Say why the case is not taken over."""
    transfer = open_transfer(request.scope, pk)
    form = DeclineForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _decline(request, transfer, form)):
        messages.success(request, _("The other centre sees your answer."))
        return redirect("assistance:transfers")
    return _answer_page(request, transfer, form, _("Decline the case"))


def _answer_page(
    request: Request, transfer: CaseTransfer, form: ResponsibleForm | DeclineForm, title: str
) -> HttpResponse:
    context = {"transfer": transfer, "form": form, "title": title}
    return show_form(request, "assistance/cases/answer.html", context)


def _ask(request: Request, case: Case, form: TransferForm) -> CaseTransfer:
    given = form.cleaned_data
    return ask_transfer(
        by=actor(request, case), case=case, target=given["target"], reason=given["reason"],
        on=timezone.localdate(), consent=form.consent,
    )  # fmt: skip


def _accept(request: Request, transfer: CaseTransfer, form: ResponsibleForm) -> Case:
    return accept_transfer(
        by=request.scope.actor(transfer.target_id), transfer=transfer, responsible=form.person,
        decided_by=request.user, on=timezone.localdate(),
    )  # fmt: skip


def _decline(request: Request, transfer: CaseTransfer, form: DeclineForm) -> CaseTransfer:
    return decline_transfer(
        by=request.scope.actor(transfer.target_id), transfer=transfer, on=timezone.localdate(),
        **form.cleaned_data,
    )  # fmt: skip
