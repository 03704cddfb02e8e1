"""A scheme compiled once into byte tables, which one case and millions of rows read alike.

A code is a byte. Its low bits say which classes of the scheme hold, one bit per class in the order
of the scheme: none set is a gap, two set an overlap. ``UNDETERMINED`` says that data or thresholds
are missing; its low bits are then the classes still possible.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from yanapay.kernel.sizes.schemes import Bounds, Scheme

UNDETERMINED = 0x80
UNKNOWN = -1  # the place of a figure that nobody knows: the last byte of a table

Outcome = Literal["class", "several", "none", "undetermined"]


class Label(NamedTuple):
    """What a code means in its scheme. An undetermined case has no classes."""

    outcome: Outcome
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Axis:
    """The code for each place 0, 1, 2 … of one figure, then one for all above, then for unknown."""

    codes: bytes

    @property
    def above(self) -> int:
        """The place that stands for every figure past the last bound."""
        return len(self.codes) - 2

    def code(self, place: int) -> int:
        """The code at a place; ``UNKNOWN`` is one."""
        return self.codes[min(place, self.above)]


@dataclass(frozen=True)
class Tables:
    """Both axes (the scheme says which it uses), and what each code means."""

    workers: Axis
    sales: Axis
    labels: Mapping[int, Label]


@cache
def tables(scheme: Scheme) -> Tables:
    """The compiled scheme."""
    workers = _axis([size.workers for size in scheme.classes], scale=1)
    sales = _axis([size.sales for size in scheme.classes], scale=2)
    if scheme.classes[0].workers.low is None:
        workers = Axis(bytes([workers.codes[0] | UNDETERMINED]) + workers.codes[1:])
    return Tables(
        workers,
        sales,
        _labels([size.name for size in scheme.classes]),
    )


def sales_place(amount_minor: int, unit_minor: int) -> int:
    """Sales in half steps of the tax unit: 2n is exactly n units, 2n + 1 between n and n + 1."""
    units, rest = divmod(amount_minor, unit_minor)
    return 2 * units + (rest > 0)


def both(workers: int, sales: int) -> int:
    """The code of two criteria that must both hold.

    A missing figure leaves it undetermined, unless the other one alone excludes every class.
    """
    possible = workers & sales & ~UNDETERMINED
    return possible | (workers | sales) & UNDETERMINED if possible else 0


def _axis(classes: Sequence[Bounds], *, scale: int) -> Axis:
    highest = max((bound or 0) for bounds in classes for bound in (bounds.low, bounds.high))
    codes = bytearray(highest * scale + 3)
    above = len(codes) - 2
    for bit, bounds in enumerate(classes):
        low = (bounds.low or 0) * scale
        high = above if bounds.high is None else bounds.high * scale
        for place in range(low, high + 1):
            codes[place] |= 1 << bit
    codes[UNKNOWN] = UNDETERMINED | (1 << len(classes)) - 1
    return Axis(bytes(codes))


def _labels(names: Sequence[str]) -> Mapping[int, Label]:
    labels = {}
    for code in range(1 << len(names)):
        held = tuple(name for bit, name in enumerate(names) if code >> bit & 1)
        outcome: Outcome = "none" if not held else "class" if len(held) == 1 else "several"
        labels[code] = Label(outcome, held)
        labels[code | UNDETERMINED] = Label("undetermined")
    return labels
