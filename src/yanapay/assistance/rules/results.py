"""What changed, in exact numbers, and when to come back and look. Pure.

Values are thousandths of their unit, attribution a percentage.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import gcd

UP, DOWN = "up", "down"
BETTER, SAME, WORSE = "better", "same", "worse"


@dataclass(frozen=True)
class Change:
    """An indicator before and after. ``direction`` says whether more or less is better."""

    before: int
    after: int
    direction: str = UP
    target: int | None = None

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def percent(self) -> tuple[int, int] | None:
        """The change per hundred of what it was, as an exact fraction in lowest terms; None from zero."""
        if not self.before:
            return None
        above, below = 100 * self.difference, abs(self.before)
        common = gcd(above, below)
        return above // common, below // common

    @property
    def verdict(self) -> str:
        """Whether the change is for the better."""
        gain = self.difference if self.direction == UP else -self.difference
        return BETTER if gain > 0 else WORSE if gain < 0 else SAME

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None without a target."""
        if self.target is None:
            return None
        return self.after >= self.target if self.direction == UP else self.after <= self.target

    def attributed(self, attribution: int | None) -> int | None:
        """The part of the difference that the client owes to the assistance, halves away from zero."""
        if attribution is None:
            return None
        exact = Fraction(self.difference * attribution, 100)
        part = int(abs(exact) + Fraction(1, 2))
        return part if exact >= 0 else -part


MISSED_AFTER = timedelta(days=365)


def missed_before(today: date) -> date:
    """A round whose window closed before this day was missed: what it would measure now is another time."""
    return today - MISSED_AFTER


@dataclass(frozen=True)
class Window:
    """From when until when a round is made."""

    opens: date
    closes: date

    def holds(self, on: date) -> bool:
        return self.opens <= on <= self.closes

    def standing(self, today: date) -> str:
        """``later`` before it opens, ``due`` while it is open, ``overdue`` after."""
        if today < self.opens:
            return "later"
        return "due" if today <= self.closes else "overdue"

    def days_over(self, today: date) -> int:
        return max((today - self.closes).days, 0)
