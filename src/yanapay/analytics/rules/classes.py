"""Readable classes for numbers, days, hours and points, so that every question has a table. Pure."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise, takewhile

from yanapay.analytics.rules.crosstab import Label

MOST = 8  # classes of one question
SKEWED = 20  # times the middle value: beyond it classes widen as numbers grow
LADDERS = ((5, 2, 1), (5, 1), (1,))
_MONTH, _HOUR = re.compile(r"\d{4}-(0[1-9]|1[0-2])"), re.compile(r"([01]\d|2[0-3]):")
MONTHS = 24  # a longer time is shown by years


@dataclass(frozen=True)
class Band:
    """Numbers from ``low`` up to, but not including, ``high``; ``is_whole``: of whole ones only."""

    low: Decimal
    high: Decimal
    is_whole: bool = False

    @property
    def is_single(self) -> bool:
        """One whole number stands alone."""
        return self.is_whole and self.high - self.low == 1

    @property
    def code(self) -> str:
        return f"{self.low:f}" if self.is_single else f"{self.low:f}_{self.high:f}"

    def holds(self, value: Decimal) -> bool:
        return self.low <= value < self.high


@dataclass(frozen=True)
class Summary:
    """What a group of numbers amounts to, without their classes."""

    n: int
    least: Decimal
    median: Decimal
    mean: Decimal
    most: Decimal


def as_number(told: str | None) -> Decimal | None:
    """The number of a stored answer; None where there is none."""
    try:
        value = Decimal(told or "")
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < Decimal("1e15") else None


def summary(counted: Mapping[Decimal, int]) -> Summary | None:
    """The summary of numbers, each with how many gave it; None of nothing."""
    n = sum(counted.values())
    if not n:
        return None
    total = sum((value * times for value, times in counted.items()), Decimal(0))
    return Summary(n, min(counted), _median(counted), total / n, max(counted))


def bands(counted: Mapping[Decimal, int]) -> list[Band]:
    """At most eight classes that hold all numbers: single ones, equal widths, or wider and wider ones."""
    if not counted:
        return []
    is_whole = all(value == value.to_integral_value() for value in counted)
    if is_whole and len(counted) <= MOST:
        return [Band(Decimal(int(v)), Decimal(int(v)) + 1, is_whole=True) for v in sorted(counted)]
    edges = _widening(counted) if _is_skewed(counted) else _even(counted, is_whole=is_whole)
    return [Band(low, high, is_whole) for low, high in pairwise(edges)]


def band_reader(found: Collection[Band]) -> Callable[[str | None], list[str]]:
    """How the text of an answer finds its class."""

    def read(told: str | None) -> list[str]:
        value = as_number(told)
        return [] if value is None else [band.code for band in found if band.holds(value)]

    return read


def day_reader(texts: Collection[str]) -> Callable[[str | None], list[str]]:
    """Days by month (2026-03), or by year when they spread over more than two years."""
    found = sorted(match[0] for text in texts if (match := _MONTH.match(text)))
    months = int(found[-1][:4]) * 12 + int(found[-1][5:]) - int(found[0][:4]) * 12 - int(
        found[0][5:]) if found else 0  # fmt: skip
    letters = len("2026-03") if months < MONTHS else len("2026")
    return lambda told: [told[:letters]] if told and _MONTH.match(told) else []


def hour_of(told: str | None) -> list[str]:
    """The hour of a time of day: 08 for 08:45."""
    found = _HOUR.match(told or "")
    return [found[1]] if found else []


def hour_labels() -> list[Label]:
    return [(f"{hour:02}", f"{hour:02}:00\N{EN DASH}{hour:02}:59") for hour in range(24)]


def point_of(told: str | None) -> tuple[float, float] | None:
    """Latitude and longitude of «latitude longitude altitude accuracy»."""
    parts = [as_number(part) for part in (told or "").split()[:2]]
    if len(parts) < 2 or parts[0] is None or parts[1] is None:
        return None
    return float(parts[0]), float(parts[1])


def _median(counted: Mapping[Decimal, int]) -> Decimal:
    n, passed = sum(counted.values()), 0
    wanted, middle = {(n - 1) // 2, n // 2}, list[Decimal]()
    for value in sorted(counted):
        middle += [value] * len([at for at in wanted if passed <= at < passed + counted[value]])
        passed += counted[value]
    return sum(middle, Decimal(0)) / len(middle)


def _is_skewed(counted: Mapping[Decimal, int]) -> bool:
    above = {value: n for value, n in counted.items() if value > 0}
    return min(counted) >= 0 and bool(above) and max(counted) > SKEWED * _median(above)


def _even(counted: Mapping[Decimal, int], *, is_whole: bool) -> list[Decimal]:
    """Edges at equal distances of 1, 2 or 5 times a power of ten."""
    least, most = min(counted), max(counted)
    for step in _steps((most - least) / MOST, is_whole=is_whole):
        first = least // step * step
        first = first - step if first > least else first
        count = int((most - first) // step) + 1
        if count <= MOST:
            return [first + step * at for at in range(count + 1)]
    return []


def _steps(least: Decimal, *, is_whole: bool) -> Iterator[Decimal]:
    power = max(least.adjusted() if least else 0, 0 if is_whole else -9)
    while True:
        yield from (Decimal(digit).scaleb(power) for digit in (1, 2, 5))
        power += 1


def _widening(counted: Mapping[Decimal, int]) -> list[Decimal]:
    """Edges that grow like 1, 2, 5, 10 or 1, 10, 100, whichever needs no more than eight classes."""
    least, most = min(value for value in counted if value > 0), max(counted)
    for ladder in LADDERS:
        edges = _down(ladder, most, least)
        if len(edges) <= MOST:
            break
    kept = edges[:MOST]
    return [*([Decimal(0)] if min(counted) < kept[-1] else []), *reversed(kept)]


def _down(ladder: tuple[int, ...], most: Decimal, least: Decimal) -> list[Decimal]:
    """The edge above the largest number, and those below it down to the first under the smallest."""
    powers = range(most.adjusted() + 1, least.adjusted() - 1, -1)
    rungs = [Decimal(digit).scaleb(power) for power in powers for digit in ladder]
    above = [edge for edge in rungs if edge > most][-1]
    below = [edge for edge in rungs if edge < above]
    higher = list(takewhile(lambda edge: edge > least, below))
    return [above, *higher, *below[len(higher) : len(higher) + 1]]
