"""What cases cost, what a kind of service costs, and how a centre pays for itself, month by month."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from yanapay.assistance.choices import COSTS, OWN_INCOME, EntryKind, Payer, PlanState
from yanapay.assistance.models import Case, CentreEntry, CostRate, Milestone, Payment, Plan, Visit
from yanapay.assistance.rules.costing import (
    Cost,
    Month,
    Rate,
    Work,
    case_cost,
    mean,
    months_of,
)
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound

SUBSIDIES = (Payer.VOUCHER, Payer.PROGRAMME)
Dated = list[tuple[date, int]]


@dataclass(frozen=True)
class CaseCost:
    """What a case cost beside what its plan said. ``unpriced`` counts visits before the first rate;
    ``elsewhere`` sums what was agreed in other currencies, which is not added."""

    cost: Cost
    planned: int | None = None
    visits: int = 0
    minutes: int = 0
    unpriced: int = 0
    elsewhere: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ServiceCost:
    """The average cost of one kind of service over ``n`` cases; ``planned`` over ``n_planned``."""

    line: str
    subsector: str
    n: int
    mean: Cost
    n_planned: int
    planned: int | None


def costed_centre(scope: Scope, pk: int) -> Centre:
    """The centre if the user may see its costs; else NotFound."""
    found = costed_centres(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such centre, or you may not see its costs.")
    return found


def costed_centres(scope: Scope) -> QuerySet[Centre]:
    """The centres whose costs the user may see."""
    held = scope.centres_with("costing.view")
    return Centre.objects.all() if held is None else Centre.objects.filter(pk__in=held)


def rates_of(centre: Centre) -> list[Rate]:
    """The rates of a centre in its currency, newest first."""
    rows = CostRate.objects.filter(centre=centre, currency=centre.currency)
    return [
        Rate(r.since, r.staff_hour, r.visit_travel, r.overhead_percent)
        for r in rows.order_by("-since")
    ]


def cost_of(case: Case) -> CaseCost:
    """What one case cost until now."""
    return costs_of(case.centre, [case.pk])[case.pk]


def costs_of(centre: Centre, cases: Collection[int]) -> dict[int, CaseCost]:
    """What cases of one centre cost, by case: five queries, however many there are."""
    rates, keys = rates_of(centre), list(cases)
    visits, planned = _visits(keys), _planned(keys, centre.currency)
    paid, elsewhere = _milestones(keys, centre.currency)
    noted = _noted(keys, centre.currency)
    return {
        key: CaseCost(
            case_cost(visits[key], rates, paid[key], noted[key]),
            planned.get(key), len(visits[key]), sum(v.minutes for v in visits[key] if v.by_staff),
            sum(1 for v in visits[key] if not any(r.since <= v.on for r in rates)), elsewhere[key],
        )
        for key in keys
    }  # fmt: skip


def cost_structure(centre: Centre, start: date, end: date) -> list[ServiceCost]:
    """What each kind of service cost on average: cases whose work ended in the period, both days included."""
    ended = Case.objects.filter(centre=centre, ended_on__range=(start, end))
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pk, line, subsector in ended.values_list("pk", "line", "subsector"):
        kinds[line, subsector].append(pk)
    costs = costs_of(centre, [pk for pks in kinds.values() for pk in pks])
    return [_service(kind, [costs[pk] for pk in pks]) for kind, pks in sorted(kinds.items())]


def _service(kind: tuple[str, str], costs: list[CaseCost]) -> ServiceCost:
    planned = [cost.planned for cost in costs if cost.planned is not None]
    average = round(sum(planned) / len(planned)) if planned else None
    return ServiceCost(*kind, len(costs), mean([c.cost for c in costs]), len(planned), average)


def months(centre: Centre, start: date, end: date) -> list[Month]:
    """Income and cost of a centre in its own currency, every month of the period.

    Own income: payments of enterprises that were not voided, and entries of own income. Subsidies: payments of
    vouchers and programmes, and grants. Cost: entries of costs, and milestones when they were accepted.
    """
    span = (start.replace(day=1), end)
    return months_of(
        start, end,
        own=_sum(_by_month(_payments(centre, span, [Payer.ENTERPRISE]), "paid_on"),
                 _by_month(_entries(centre, span, OWN_INCOME), "on")),
        given=_sum(_by_month(_payments(centre, span, SUBSIDIES), "paid_on"),
                   _by_month(_entries(centre, span, [EntryKind.GRANT]), "on")),
        cost=_sum(_by_month(_entries(centre, span, COSTS), "on"),
                  _by_month(_accepted(centre, span), "accepted_on")),
    )  # fmt: skip


def entries_of(centre: Centre) -> QuerySet[CentreEntry]:
    """The entries of a centre, newest first, voided ones too."""
    return CentreEntry.objects.filter(centre=centre).select_related("case").order_by("-on", "-pk")


Span = tuple[date, date]


def _payments(centre: Centre, span: Span, payers: Collection[str]) -> "QuerySet[Any]":
    return Payment.objects.filter(
        case__centre=centre, currency=centre.currency, voided_on=None, share__payer__in=payers,
        paid_on__range=span,
    )  # fmt: skip


def _entries(centre: Centre, span: Span, kinds: Collection[str]) -> "QuerySet[Any]":
    return CentreEntry.objects.filter(
        centre=centre,
        currency=centre.currency,
        voided_on=None,
        kind__in=list(kinds),
        on__range=span,
    )


def _accepted(centre: Centre, span: Span) -> "QuerySet[Any]":
    return Milestone.objects.filter(
        contract__assignment__case__centre=centre, contract__currency=centre.currency,
        accepted_on__range=span,
    )  # fmt: skip


def _by_month(rows: "QuerySet[Any]", day: str) -> dict[date, int]:
    summed = rows.order_by().annotate(month=TruncMonth(day)).values_list("month")
    return dict(summed.annotate(total=Sum("amount")))


def _sum(*parts: dict[date, int]) -> dict[date, int]:
    return {month: sum(p.get(month, 0) for p in parts) for month in set().union(*parts)}


def _visits(cases: list[int]) -> dict[int, list[Work]]:
    found: dict[int, list[Work]] = defaultdict(list)
    made = Visit.objects.filter(case__in=cases).exclude(done_on=None).order_by()
    for case, on, minutes, visitor in made.values_list("case", "done_on", "minutes", "visitor"):
        if on:
            found[case].append(Work(on, minutes or 0, visitor is not None))
    return found


def _milestones(
    cases: list[int], currency: str
) -> tuple[dict[int, Dated], dict[int, dict[str, int]]]:
    """Accepted deliverables by case: those in the currency, and sums of those in others."""
    found: dict[int, Dated] = defaultdict(list)
    elsewhere: dict[int, dict[str, int]] = defaultdict(dict)
    accepted = Milestone.objects.filter(contract__assignment__case__in=cases).exclude(
        accepted_on=None
    )
    columns = ("contract__assignment__case", "accepted_on", "amount", "contract__currency")
    for case, on, amount, in_ in accepted.order_by().values_list(*columns):
        if in_ == currency:
            found[case].append((on, amount))
        else:
            elsewhere[case][in_] = elsewhere[case].get(in_, 0) + amount
    return found, elsewhere


def _noted(cases: list[int], currency: str) -> dict[int, Dated]:
    found: dict[int, Dated] = defaultdict(list)
    rows = CentreEntry.objects.filter(
        case__in=cases, currency=currency, voided_on=None, kind__in=list(COSTS)
    )
    for case, on, amount in rows.values_list("case", "on", "amount"):
        if case:
            found[case].append((on, amount))
    return found


def _planned(cases: list[int], currency: str) -> dict[int, int]:
    accepted = Plan.objects.filter(case__in=cases, state=PlanState.ACCEPTED, currency=currency)
    return dict(accepted.order_by().values_list("case", "cost"))
