"""Income and cost month by month as plain SVG bars, with the table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yanapay.assistance.rules.costing import Month

WIDTH, HEIGHT, TOP, BOTTOM, GAP = 720, 220, 10, 24, 6


@dataclass(frozen=True)
class Bar:
    """A rectangle of one kind: "own", "given" (stacked on it) or "cost" beside them."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Slot:
    """The bars of one month; ``middle`` is where its name stands."""

    month: date
    middle: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bars:
    slots: list[Slot]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM


def bars(months: Sequence[Month]) -> Bars | None:
    """The highest of income and cost fills the height; None when there is nothing to draw."""
    highest = max((max(m.own_income + m.subsidies, m.cost) for m in months), default=0)
    if not highest:
        return None
    slot, scale = WIDTH / len(months), (HEIGHT - TOP - BOTTOM) / highest
    return Bars([_slot(month, i * slot, slot, scale) for i, month in enumerate(months)])


def _slot(month: Month, left: float, width: float, scale: float) -> Slot:
    bar = (width - GAP) / 2
    own, given, cost = (
        round(v * scale, 1) for v in (month.own_income, month.subsidies, month.cost)
    )
    base = HEIGHT - BOTTOM
    x = left + GAP / 2
    drawn = (
        Bar("own", round(x, 1), base - own, round(bar, 1), own),
        Bar("given", round(x, 1), round(base - own - given, 1), round(bar, 1), given),
        Bar("cost", round(x + bar, 1), base - cost, round(bar, 1), cost),
    )
    return Slot(month.first, round(left + width / 2, 1), tuple(b for b in drawn if b.height))
