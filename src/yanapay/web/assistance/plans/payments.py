"""Receipts of a case: noting one, voiding one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.actions.payments import register_payment, void_payment
from yanapay.assistance.models import BudgetShare, Case
from yanapay.assistance.queries.plans import debts
from yanapay.web.acting import accepted, actor, attempt
from yanapay.web.assistance.amounts import read_money
from yanapay.web.assistance.pages import back, form_page, settleable
from yanapay.web.assistance.plans.forms import PaymentForm, VoidForm
from yanapay.web.http import Request
from yanapay.web.templatetags.ui import money


def add(request: Request, pk: int, share: int) -> HttpResponse:
    """Note what came in for a share."""
    case = settleable(request, pk)
    owed = get_object_or_404(BudgetShare.objects.select_related("plan"), pk=share, plan__case=case)
    start = {
        "on": timezone.localdate(),
        "payer_name": case.organisation.name if owed.payer == "enterprise" else owed.source,
    }
    form = PaymentForm(request.POST or None, case=case, initial=start)
    if form.is_valid() and attempt(form, lambda: _register(request, case, owed, form)):
        return back(request, case, _("The receipt is noted."), "payments")
    left = next((debt.account.left for debt in debts(case) if debt.share == owed), 0)
    lead = _("%(payer)s still owes %(left)s.") % {
        "payer": owed.get_payer_display(), "left": money(left, owed.plan.currency),
    }  # fmt: skip
    return form_page(request, form, title=_("Note a receipt"), case=case, lead=lead)


def void(request: Request, pk: int, payment: int) -> HttpResponse:
    """Take back a wrong receipt."""
    case = settleable(request, pk)
    receipt = get_object_or_404(case.payments, pk=payment)
    form = VoidForm(request.POST or None, initial={"on": timezone.localdate()})
    if accepted(form, void_payment, by=actor(request, case), payment=receipt):
        return back(request, case, _("The receipt is void."), "payments")
    title = _("Void the receipt %(number)s") % {"number": receipt.number}
    return form_page(request, form, title=title, case=case, action_label=_("Void"))


def _register(request: Request, case: Case, share: BudgetShare, form: PaymentForm) -> object:
    typed = form.cleaned_data
    return register_payment(
        by=actor(request, case), share=share, on=typed["on"], payer_name=typed["payer_name"],
        amount=read_money(typed["amount"], share.plan.currency), number=typed["number"],
        milestone=typed.get("milestone"),
    )  # fmt: skip
