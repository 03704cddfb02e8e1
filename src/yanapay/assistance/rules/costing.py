"""What a case cost and what a centre earned, in whole minor units that add up. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

MINUTES = 60
PARTS = ("staff", "travel", "specialists", "entries", "overhead")


@dataclass(frozen=True)
class Rate:
    """What an hour of staff and a visit cost from a day on."""

    since: date
    staff_hour: int
    visit_travel: int
    overhead_percent: int


@dataclass(frozen=True)
class Work:
    """A visit made: its day, its minutes, and whether staff of the centre made it."""

    on: date
    minutes: int
    by_staff: bool


@dataclass(frozen=True)
class Cost:
    """The parts of a cost; the total is their sum and nothing else."""

    staff: int = 0
    travel: int = 0
    specialists: int = 0
    entries: int = 0
    overhead: int = 0

    @property
    def total(self) -> int:
        return sum(getattr(self, part) for part in PARTS)

    def __add__(self, other: Self) -> "Cost":
        return Cost(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def rate_on(rates: Collection[Rate], day: date) -> Rate | None:
    """The rate in force on a day; None before the first."""
    begun = [rate for rate in rates if rate.since <= day]
    return max(begun, key=lambda rate: rate.since, default=None)


def rounded(amount: int, divisor: int) -> int:
    """A share of an amount in whole units, halves up."""
    return (2 * amount + divisor) // (2 * divisor)


def case_cost(
    work: Iterable[Work], rates: Collection[Rate], paid: Iterable[tuple[date, int]] = (),
    noted: Iterable[tuple[date, int]] = (),
) -> Cost:  # fmt: skip
    """What a case cost. ``paid`` are dated amounts of specialists, ``noted`` entries of the case.

    Each day is priced with its rate; overhead is taken on the sum under one rate and rounded once. Before
    the first rate nothing is known of hours, travel and overhead: they count nothing.
    """
    total, direct = Cost(), dict[Rate | None, int]()
    for day, cost in _direct(work, rates, paid, noted):
        rate = rate_on(rates, day)
        direct[rate] = direct.get(rate, 0) + cost.total
        total += cost
    overhead = sum(
        rounded(sum_ * rate.overhead_percent, 100) for rate, sum_ in direct.items() if rate
    )
    return total + Cost(overhead=overhead)


def _direct(
    work: Iterable[Work], rates: Collection[Rate], paid: Iterable[tuple[date, int]],
    noted: Iterable[tuple[date, int]],
) -> Iterable[tuple[date, Cost]]:  # fmt: skip
    for visit in work:
        if rate := rate_on(rates, visit.on):
            staff = rounded(visit.minutes * rate.staff_hour, MINUTES) if visit.by_staff else 0
            yield visit.on, Cost(staff=staff, travel=rate.visit_travel)
    yield from ((day, Cost(specialists=amount)) for day, amount in paid)
    yield from ((day, Cost(entries=amount)) for day, amount in noted)


def mean(costs: Collection[Cost]) -> Cost:
    """The average, each part rounded: the average total is the sum of what is shown."""
    n = max(len(costs), 1)
    summed = sum(costs, Cost())
    return Cost(*(rounded(getattr(summed, part), n) for part in PARTS))


@dataclass(frozen=True)
class Ratio:
    """Own income over total cost: how far a centre pays for itself. Both are always told."""

    income: int
    cost: int

    @property
    def value(self) -> float | None:
        """None when nothing was spent: there is nothing to compare with."""
        return self.income / self.cost if self.cost else None


@dataclass(frozen=True)
class Month:
    """One month of a centre; ``first`` is its first day."""

    first: date
    own_income: int = 0
    subsidies: int = 0
    cost: int = 0

    @property
    def ratio(self) -> Ratio:
        return Ratio(self.own_income, self.cost)


def months_of(
    start: date,
    end: date,
    own: Mapping[date, int],
    given: Mapping[date, int],
    cost: Mapping[date, int],
) -> list[Month]:
    """Every month from that of ``start`` to that of ``end``, those without figures too."""
    found, first = [], start.replace(day=1)
    while first <= end:
        found.append(Month(first, own.get(first, 0), given.get(first, 0), cost.get(first, 0)))
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return found


def together(months: Iterable[Month]) -> Ratio:
    """The ratio over several months: sums over sums, never an average of ratios."""
    counted = list(months)
    return Ratio(sum(m.own_income for m in counted), sum(m.cost for m in counted))
