"""Where an enterprise stands on each axis of the heterogeneity of small enterprises, and why.

One end of every axis is the undertaking that lets a family subsist, the other the small firm that
is capitalised, autonomous and growing. The axes come from source 000; the cut points are data, a
working proposal (``data/heterogeneity_2026.json``).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money
from yanapay.kernel.sizes.uit import tax_units

PerWorker = Literal["capitalisation", "technology"]
Axis = Literal["capitalisation", "technology", "labour", "insertion", "survival"]

_LABELS: Mapping[Axis, tuple[Message, Message, Message]] = {
    "capitalisation": (Message("little capital"), Message("some capital"), Message("capitalised")),
    "technology": (
        Message("traditional technology"),
        Message("intermediate technology"),
        Message("modern technology"),
    ),
    "labour": (Message("precarious work"), Message("mixed work"), Message("stable work")),
    "insertion": (
        Message("depends on one buyer"),
        Message("few buyers"),
        Message("open market"),
    ),
    "survival": (Message("at risk"), Message("survives"), Message("grows")),
}
_NOT_ENOUGH = Message("not enough data")


@dataclass(frozen=True)
class Evidence:
    """What is known of an enterprise on a day. ``earlier`` is a past date and its workers."""

    on: date
    workers: int | None = None
    workers_with_benefits: int | None = None
    assets: Money | None = None
    equipment: Money | None = None
    main_buyer_percent: int | None = None
    started: date | None = None
    earlier: tuple[date, int] | None = None


@dataclass(frozen=True)
class AxisPosition:
    """A place on a continuum from 0 to 1; None when there is not enough data."""

    axis: Axis
    position: float | None
    label: Message
    reason: Message


def profile(evidence: Evidence) -> tuple[AxisPosition, ...]:
    """The five axes, always all of them and in this order."""
    return (
        _per_worker("capitalisation", evidence.assets, evidence),
        _per_worker("technology", evidence.equipment, evidence),
        _labour(evidence),
        _insertion(evidence),
        _survival(evidence),
    )


@cache
def proposal() -> Mapping[str, Any]:
    """The dated cut points, with their status and measures."""
    path = resources.files("yanapay.directory") / "data/heterogeneity_2026.json"
    content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Fraction)
    return content


def _per_worker(axis: PerWorker, value: Money | None, evidence: Evidence) -> AxisPosition:
    unit, year = tax_units().of(evidence.on.year), evidence.on.year
    if value is None or not evidence.workers:
        return _unknown(
            axis, Message("{what} and the number of workers are needed.", what=_OF[axis])
        )
    if unit is None or unit.currency != value.currency:
        reason = Message("{value} cannot be expressed in UIT of {year}.", value=value, year=year)
        return _unknown(axis, reason)
    reason = Message(
        "{what}: {value}, that is {each} for each of {workers} workers. "
        "The UIT of {year} is {unit}.",
        what=_OF[axis],
        value=value,
        each=Money(value.amount_minor // evidence.workers, value.currency),
        workers=evidence.workers,
        year=year,
        unit=unit,
    )
    ratio = Fraction(value.amount_minor, evidence.workers * unit.amount_minor)
    return _placed(axis, axis, ratio, reason)


_OF: Mapping[PerWorker, Message] = {
    "capitalisation": Message("The assets"),
    "technology": Message("The value of the equipment"),
}


def _labour(evidence: Evidence) -> AxisPosition:
    stable, workers = evidence.workers_with_benefits, evidence.workers
    if stable is None or not workers or stable > workers:
        return _unknown("labour", Message("It is needed how many of the workers have benefits."))
    reason = Message("{stable} of {workers} workers have benefits.", stable=stable, workers=workers)
    return _placed("labour", "labour", Fraction(100 * stable, workers), reason)


def _insertion(evidence: Evidence) -> AxisPosition:
    percent = evidence.main_buyer_percent
    if percent is None:
        return _unknown("insertion", Message("The share of the largest buyer is needed."))
    reason = Message("The largest buyer takes {percent} % of the sales.", percent=percent)
    return _placed("insertion", "insertion", Fraction(percent), reason)


def _survival(evidence: Evidence) -> AxisPosition:
    """By growth where an earlier count is at least a year old, else by years of activity."""
    since, before = evidence.earlier or (evidence.on, 0)
    days = (evidence.on - since).days
    if before and days >= 365 and evidence.workers is not None:
        return _growth(before, since, evidence.workers, evidence.on)
    started, on = evidence.started, evidence.on
    if started is None or started > on:
        reason = Message("The start date, or two counts of workers a year apart, are needed.")
        return _unknown("survival", reason)
    years = on.year - started.year - ((on.month, on.day) < (started.month, started.day))
    reason = Message("Years of activity: {years}; growth cannot be measured yet.", years=years)
    return _placed("survival", "survival", Fraction(years), reason)


def _growth(before: int, since: date, now: int, on: date) -> AxisPosition:
    change = Fraction(100 * (now - before) * 365, before * (on - since).days)
    if not round(change):
        reason = Message("{before} workers on {since}, {now} on {on}: hardly any change.",
                         before=before, since=since, now=now, on=on)  # fmt: skip
        return _placed("survival", "growth", change, reason)
    reason = Message(
        "{before} workers on {since}, {now} on {on}: {change} % a year.",
        before=before,
        since=since,
        now=now,
        on=on,
        change=f"{round(change):+}",
    )
    return _placed("survival", "growth", change, reason)


def _unknown(axis: Axis, reason: Message) -> AxisPosition:
    return AxisPosition(axis, None, _NOT_ENOUGH, reason)


def _placed(axis: Axis, measure: str, value: Fraction, reason: Message) -> AxisPosition:
    position = _between(proposal()["axes"][measure]["points"], value)
    cuts = proposal()["labels_from"]
    label = _LABELS[axis][(position >= cuts["middle"]) + (position >= cuts["high"])]
    return AxisPosition(axis, float(position), label, reason)


def _between(points: list[list[Fraction]], value: Fraction) -> Fraction:
    """Linear between the points, constant beyond them."""
    for (low, start), (high, end) in pairwise(points):
        if value <= high:
            share = max(Fraction(value - low) / (high - low), Fraction(0))
            return Fraction(start + share * (end - start))
    return Fraction(points[-1][1])
