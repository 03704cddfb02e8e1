"""Proposal: improvement plan and budget with who pays (F-SAT-02)."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.choices import PlanState
from yanapay.assistance.exchange.documents.wording import (
    Column,
    Facts,
    amount,
    centre_signature,
    day,
    enterprise_signature,
    identity,
    measured,
    table,
)
from yanapay.assistance.models import Plan
from yanapay.base.showing import money, number, percent


def build(plan: Plan) -> dict[str, Any]:
    """One version of the plan, as it was offered."""
    case = plan.case
    return {
        "identity": identity(case),
        "terms": _terms(plan),
        "objective_title": gettext("Objective"),
        "objective": plan.objective,
        "actions_title": gettext("What will be done"),
        "actions": _actions(plan),
        "indicators_title": gettext("How the result will be measured"),
        "indicators": _indicators(plan),
        "budget_title": gettext("Budget"),
        "budget": budget(plan),
        "price": [gettext("Price of the service"), money(plan.price, plan.currency)],
        "shares_title": gettext("Who pays"),
        "shares": shares(plan),
        "decision": _decision(plan),
        "signatures": [centre_signature(case), enterprise_signature(case)],
    }


def _terms(plan: Plan) -> Facts:
    return [
        (gettext("Version of the plan"), str(plan.number)),
        (gettext("Offered on"), day(plan.offered_on)),
        (gettext("Starts on"), day(plan.starts_on)),
        (gettext("Ends on"), day(plan.ends_on)),
        (gettext("Offer valid until"), day(plan.valid_until)),
        (gettext("State"), str(plan.get_state_display())),
    ]


def _actions(plan: Plan) -> dict[str, Any]:
    columns = [
        amount(gettext("No.")), Column(gettext("Objective"), 1), Column(gettext("Action"), 1.3),
        Column(gettext("Expected result"), 1),
    ]  # fmt: skip
    rows = [
        (n, one.objective, one.action, one.result or "—")
        for n, one in enumerate(plan.actions.all(), 1)
    ]
    return table(columns, rows)


def _indicators(plan: Plan) -> dict[str, Any]:
    columns = [
        Column(gettext("Indicator"), 1.2), Column(gettext("Unit"), 0.5), amount(gettext("Today")),
        amount(gettext("Target")), Column(gettext("By")), Column(gettext("How it is measured"), 1),
    ]  # fmt: skip
    rows = [
        (i.name, i.unit, measured(i.baseline), measured(i.target), day(i.due_on), i.method or "—")
        for i in plan.indicators.all()
    ]
    return table(columns, rows)


def budget(plan: Plan) -> dict[str, Any]:
    """The lines and their sum."""
    columns = [
        Column(gettext("Kind")), Column(gettext("Description"), 1), amount(gettext("Quantity")),
        Column(gettext("Unit")), amount(gettext("Unit cost")), amount(gettext("Cost")),
    ]  # fmt: skip
    rows = [
        (line.get_kind_display(), line.description, number(Decimal(line.quantity) / 100), line.unit,
         money(line.unit_cost, plan.currency), money(line.cost, plan.currency))
        for line in plan.lines.all()
    ]  # fmt: skip
    total = [gettext("Cost"), "", "", "", "", money(plan.cost, plan.currency)]
    return table(columns, rows, total=total)


def shares(plan: Plan) -> dict[str, Any]:
    """Who pays how much of the price; the shares add up to it."""
    columns = [
        Column(gettext("Payer")), Column(gettext("Source"), 1), amount(gettext("Share")),
        amount(gettext("Amount")),
    ]  # fmt: skip
    rows = [
        (share.get_payer_display(), share.source or "—", _part(share.amount, plan.price),
         money(share.amount, plan.currency))
        for share in plan.shares.all()
    ]  # fmt: skip
    total = [gettext("Price"), "", "", money(plan.price, plan.currency)]
    return table(columns, rows, total=total)


def _part(share: int, price: int) -> str:
    return percent(Decimal(share) / price, 1) if price else "—"


def _decision(plan: Plan) -> str:
    values = {"name": plan.decided_by_name or "—", "on": day(plan.decided_on)}
    if plan.state == PlanState.ACCEPTED:
        return gettext("Accepted by %(name)s on %(on)s (%(how)s).") % {
            **values, "how": plan.get_signature_display(),
        }  # fmt: skip
    if plan.state == PlanState.REFUSED:
        return gettext("Refused by %(name)s on %(on)s. Reason: %(reason)s") % {
            **values, "reason": plan.refusal_reason or "—",
        }  # fmt: skip
    return ""
