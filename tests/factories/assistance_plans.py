"""Plans and payments, each made by the real actions."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.factories.assistance import bring_to, make_case
from tests.factories.directory import BY

from yanapay.assistance.actions.payments import register_payment
from yanapay.assistance.actions.plans import accept_plan, draft_plan, offer_plan
from yanapay.assistance.models import BudgetShare, Case, Payment, Plan
from yanapay.assistance.rules.plans import ActionRow, Draft, IndicatorRow, LineRow, ShareRow
from yanapay.kernel.money import Money

OFFERED = date(2026, 3, 12)
DECIDED = date(2026, 3, 16)
VALID = date(2026, 4, 30)


def soles(text: str) -> Money:
    return Money.parse(text, "PEN")


OVEN = Draft(
    currency="PEN", objective="Menos merma en el horno", starts_on=date(2026, 4, 1),
    ends_on=date(2026, 6, 30), valid_until=VALID, markup=1000,
    actions=(ActionRow("Temperatura regular", "Mantener el horno y medir cada tanda", "Merma menor"),),
    indicators=(
        IndicatorRow("Merma", "%", "down", 18_000, 8_000, date(2026, 8, 31), "Pesada de una semana"),
        IndicatorRow("Producción", "kg/día", "up", 120_000, 150_000, date(2026, 8, 31), "Cuaderno"),
    ),
    lines=(
        LineRow("specialist", "Especialista en hornos", 250, soles("300"), "días"),
        LineRow("travel", "Viajes", 400, soles("12.50"), "viajes"),
    ),
    shares=(
        ShareRow("enterprise", "percent", percent=3000),
        ShareRow("voucher", "amount", "Bono de asistencia", amount=soles("200")),
        ShareRow("programme", "rest", "Programa de agroindustria"),
    ),
)  # fmt: skip


def in_proposal(**fields: Any) -> Case:
    """A case that has come to its third stage."""
    return bring_to(make_case(**fields), 3)


def make_plan(case: Case | None = None, **changed: Any) -> Plan:
    """A draft: 750 + 50 and 10 % on top, 880 soles."""
    return draft_plan(by=BY, case=case or in_proposal(), draft=replace(OVEN, **changed))


def make_offer(case: Case | None = None, **changed: Any) -> Plan:
    return offer_plan(by=BY, plan=make_plan(case, **changed), on=OFFERED)


def make_accepted(case: Case | None = None, **changed: Any) -> Plan:
    return accept_plan(
        by=BY, plan=make_offer(case, **changed), on=DECIDED, name="Rosa Quispe", how="screen"
    )


def share_of(plan: Plan, payer: str = "enterprise") -> BudgetShare:
    return plan.shares.get(payer=payer)


def make_receipt(share: BudgetShare, amount: str = "100", **fields: Any) -> Payment:
    about = {"on": DECIDED, "payer_name": "Lácteos del Valle", **fields}
    return register_payment(by=BY, share=share, amount=soles(amount), **about)
