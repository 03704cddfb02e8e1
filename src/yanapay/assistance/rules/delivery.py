"""Planned against delivered, and the dates of a plan. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money

HOURS_A_DAY = 8  # of a specialist day in the budget


@dataclass(frozen=True)
class Tally:
    """So much delivered of so much planned, in one unit; ``share`` is None when nothing was planned."""

    key: str
    done: int
    planned: int
    currency: str = ""

    @property
    def share(self) -> float | None:
        return self.done / self.planned if self.planned else None


@dataclass(frozen=True)
class MilestoneTerms:
    """A deliverable as agreed: what, by when, for how much."""

    deliverable: str
    due_on: date
    amount: Money


def contract_total(
    milestones: Sequence[MilestoneTerms],
    starts_on: date,
    ends_on: date,
    agreed: Money | None = None,
) -> Money:
    """The sum of the milestones; refused unless all fit the contract, in one currency, and add up."""
    if ends_on < starts_on:
        raise RuleBroken("The end lies before the beginning.", field="ends_on")
    if not milestones:
        raise RuleBroken("A contract has at least one deliverable.", field="deliverable")
    currencies = sorted({one.amount.currency for one in milestones})
    if len(currencies) > 1 or (agreed and agreed.currency != currencies[0]):
        raise RuleBroken("All amounts of a contract are in one currency.", field="currency")
    for one in milestones:
        _check_milestone(one, starts_on, ends_on)
    total = Money(sum(one.amount.amount_minor for one in milestones), currencies[0])
    if agreed and agreed != total:
        raise RuleBroken(
            "The deliverables add up to {total}, not to {agreed}.", field="total", total=total, agreed=agreed
        )  # fmt: skip
    return total


def spread(starts_on: date, ends_on: date, count: int) -> list[tuple[date, date]]:
    """The days from start to end as ``count`` periods one after another; short plans share days."""
    days = (ends_on - starts_on).days + 1
    if days < count:
        return [(starts_on, ends_on)] * count
    edges = [starts_on + timedelta(days=days * step // count) for step in range(count + 1)]
    return [(begin, after - timedelta(days=1)) for begin, after in pairwise(edges)]


def in_order(earlier: date, later: date, template: str, field: str) -> None:
    """Raise RuleBroken with the sentence unless ``later`` is that day or after it."""
    if later < earlier:
        raise RuleBroken(template, field=field, on=earlier)


def _check_milestone(one: MilestoneTerms, starts_on: date, ends_on: date) -> None:
    if not one.deliverable.strip():
        raise RuleBroken("Name what is delivered.", field="deliverable")
    if one.amount.amount_minor < 0:
        raise RuleBroken("An amount is not negative.", field="amount")
    if not starts_on <= one.due_on <= ends_on:
        raise RuleBroken(
            "«{what}» is due outside the contract.", field="due_on", what=one.deliverable
        )
