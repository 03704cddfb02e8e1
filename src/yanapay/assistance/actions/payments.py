"""Receipts: what came in for a share of the price. A wrong one is voided, never deleted."""

from datetime import date

from django.db import transaction

from yanapay.assistance.choices import PlanState
from yanapay.assistance.models import BudgetShare, Case, Milestone, Payment
from yanapay.assistance.queries.plans import debts
from yanapay.assistance.rules.budget import require_one_currency, require_owed
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money
from yanapay.quality.actions.numbers import next_number

SERIES = "REC"


@transaction.atomic
def register_payment(
    *, by: Actor, share: BudgetShare, on: date, amount: Money, payer_name: str, number: str = "",
    milestone: Milestone | None = None,
) -> Payment:  # fmt: skip
    """Note money for a share of the plan in force. Without ``number`` the centre's series gives one.

    A case that has ended may still be paid. Raises RuleBroken for another currency, more than is owed,
    a number used twice, a day before the case.
    """
    plan = share.plan
    case = Case.objects.select_for_update().get(pk=plan.case_id)
    if plan.state != PlanState.ACCEPTED:
        raise RuleBroken("Payments go to the version that was accepted.", field="share")
    require_one_currency(plan.currency, [amount])
    account = next(debt.account for debt in debts(case) if debt.share == share)
    require_owed(account, amount)
    _check(case, on, payer_name, number, milestone)
    payment = Payment.objects.create(
        case=case, share=share, milestone=milestone, paid_on=on, amount=amount.amount_minor,
        currency=amount.currency, payer_name=payer_name.strip(), noted_by_name=by.user_name,
        number=number.strip() or next_number(by=by, centre=case.centre, code=SERIES, year=on.year),
    )  # fmt: skip
    _record(by, "assistance.payment_registered", payment)
    return payment


@transaction.atomic
def void_payment(*, by: Actor, payment: Payment, on: date, reason: str) -> Payment:
    """Take back a receipt that was wrong; it stays, with the reason, and its number is not used again."""
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if payment.voided_on:
        raise RuleBroken("This receipt is void already.")
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    payment.voided_on, payment.void_reason = on, reason.strip()
    payment.save()
    _record(by, "assistance.payment_voided", payment)
    return payment


def _check(case: Case, on: date, payer: str, number: str, milestone: Milestone | None) -> None:
    if on < case.opened_on:
        raise RuleBroken(
            "This is before the case was opened ({day}).", field="on", day=case.opened_on
        )
    if not payer.strip():
        raise RuleBroken("Write who paid.", field="payer_name")
    used = Payment.objects.filter(case__centre=case.centre_id, number__iexact=number.strip())
    if number.strip() and used.exists():
        raise RuleBroken(
            "The receipt {number} was used already.", field="number", number=number.strip()
        )
    if milestone and milestone.contract.assignment.case_id != case.pk:
        raise RuleBroken("This deliverable is of another case.", field="milestone")


def _record(by: Actor, action: str, payment: Payment) -> None:
    paid = {
        "receipt": payment.number,
        "amount": payment.amount,
        "currency": payment.currency,
    }
    record(by=by, action=action, object_type="case", object_id=payment.case_id, changes=paid)
