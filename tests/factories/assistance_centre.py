"""Money and work of a centre: what costing and the sustainability page read."""

from datetime import date

from tests.factories.directory import BY, make_centre, make_person

from yanapay.accounts.models import User
from yanapay.assistance.actions.centre import note_entry, set_rate
from yanapay.assistance.models import (
    Assignment,
    BudgetShare,
    Case,
    CentreEntry,
    Contract,
    CostRate,
    Milestone,
    Payment,
    Plan,
    Visit,
)
from yanapay.centres.models import Centre
from yanapay.kernel.money import Money
from yanapay.roster.models import Specialist

MARCH = date(2026, 3, 1)


def soles(amount: int) -> Money:
    return Money(amount * 100, "PEN")


def make_rate(
    since: date = MARCH, hour: int = 30, travel: int = 12, overhead: int = 10,
    centre: Centre | None = None,
) -> CostRate:  # fmt: skip
    return set_rate(by=BY, centre=centre or make_centre(), since=since, staff_hour=soles(hour),
                    visit_travel=soles(travel), overhead_percent=overhead)  # fmt: skip


def make_entry(kind: str, amount: int, on: date = MARCH, case: Case | None = None) -> CentreEntry:
    centre = case.centre if case else make_centre()
    return note_entry(by=BY, centre=centre, on=on, kind=kind, amount=soles(amount), case=case)


def make_visit(
    case: Case, minutes: int, on: date | None = date(2026, 3, 10), visitor: User | None = None
) -> Visit:
    """A visit made: bare rows, for what only reads them."""
    return Visit.objects.create(
        case=case, planned_on=on or case.opened_on, purpose="Ver el horno", done_on=on,
        minutes=minutes, visitor=visitor,
    )  # fmt: skip


def make_milestone(
    case: Case, amount: int, accepted_on: date | None = date(2026, 3, 20), currency: str = "PEN"
) -> Milestone:
    specialist = Specialist.objects.create(
        centre=case.centre, kind="specialist", person=make_person(f"Ing. {case.pk} {amount}")
    )
    asked = Assignment.objects.create(case=case, specialist=specialist, state="accepted",
                                      asked_on=MARCH, answer_by=MARCH, asked_by_name="Beto")  # fmt: skip
    contract = Contract.objects.create(
        assignment=asked, number=f"CTR-{asked.pk}", terms="Tres visitas", amount=amount * 100,
        currency=currency, signed_on=MARCH, starts_on=MARCH, ends_on=date(2026, 6, 1),
    )  # fmt: skip
    return Milestone.objects.create(
        contract=contract, deliverable="Informe", due_on=MARCH, amount=amount * 100,
        delivered_on=accepted_on, accepted_on=accepted_on,
    )  # fmt: skip


def make_payment(
    case: Case, amount: int, payer: str = "enterprise", on: date = date(2026, 3, 15)
) -> Payment:
    plan, _ = Plan.objects.get_or_create(case=case, number=1, defaults={"currency": "PEN"})
    share = BudgetShare.objects.create(plan=plan, payer=payer, amount=amount * 100)
    return Payment.objects.create(
        case=case, share=share, number="R-1", paid_on=on, amount=amount * 100, currency="PEN",
        payer_name="Rosa Quispe", noted_by_name="Beto",
    )  # fmt: skip
