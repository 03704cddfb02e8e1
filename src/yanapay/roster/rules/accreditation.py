"""Accreditation: what somebody must show on a day, what was shown, and what is missing. Pure."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=60)


class PaperState(StrEnum):
    MISSING = "missing"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    VALID = "valid"


@dataclass(frozen=True)
class Demand:
    """A requirement that holds from ``since`` until ``until``; ``label`` is in the reader's language."""

    code: str
    label: str
    is_mandatory: bool
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Paper:
    """Proof of the requirement ``code``; ``expires_on`` is its last good day, None when it never ends."""

    code: str
    obtained_on: date
    expires_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """One requirement as it stands on a day."""

    demand: Demand
    state: PaperState
    expires_on: date | None = None

    @property
    def is_lacking(self) -> bool:
        return self.state in (PaperState.MISSING, PaperState.EXPIRED)


_WORST_FIRST = list(PaperState)


def standings(demands: Iterable[Demand], papers: Iterable[Paper], on: date) -> list[Standing]:
    """Every requirement that holds on the day: what lacks first, mandatory before optional."""
    shown = [paper for paper in papers if paper.obtained_on <= on]
    found = [_standing(demand, shown, on) for demand in demands if demand.holds(on)]
    return sorted(
        found, key=lambda s: (_WORST_FIRST.index(s.state), not s.demand.is_mandatory, s.demand.code)
    )


def lacks(found: Iterable[Standing]) -> list[Standing]:
    """The mandatory requirements that are not met: with any of them nobody is accredited."""
    return [one for one in found if one.is_lacking and one.demand.is_mandatory]


def is_accredited(found: Iterable[Standing]) -> bool:
    return not lacks(found)


def last_good_day(obtained_on: date, valid_months: int | None) -> date | None:
    """The day on which a proof of so many months ends: the same day of the month, or its last one."""
    if valid_months is None:
        return None
    years, month = divmod(obtained_on.month - 1 + valid_months, 12)
    year = obtained_on.year + years
    day = min(obtained_on.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def _standing(demand: Demand, shown: Sequence[Paper], on: date) -> Standing:
    """The newest proof counts; a renewed paper thus replaces the one that ended."""
    own = [paper for paper in shown if paper.code == demand.code]
    if not own:
        return Standing(demand, PaperState.MISSING)
    newest = max(own, key=lambda paper: (paper.obtained_on, paper.expires_on or date.max))
    return Standing(demand, _state(newest.expires_on, on), newest.expires_on)


def _state(expires_on: date | None, on: date) -> PaperState:
    if expires_on is None or expires_on > on + SOON:
        return PaperState.VALID
    return PaperState.EXPIRED if expires_on < on else PaperState.EXPIRING
