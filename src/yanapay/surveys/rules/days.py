"""On which day an answer was given: what the form and the telephone say, where that can be. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

HELD = "interviewed_on"
"""In ``Instrument.mapping``: the question that asks on which day the interview is held."""

STAMPS = ("today", "start", "end")
"""What telephones write by themselves, the nearest to the day of the interview first."""


@dataclass(frozen=True)
class Day:
    """``on`` counts. ``doubted`` is what was said instead of it and cannot be."""

    on: date
    arrived_on: date
    doubted: date | None = None


def asked_for_the_day(schema: Iterable[Mapping[str, Any]], mapping: Mapping[str, str]) -> list[str]:
    """The questions that tell the day: the one that asks it, then what the telephone stamps."""
    stamped = {one["type"]: one["name"] for one in schema if not one.get("repeat")}
    asked = [question for question, field in mapping.items() if field == HELD]
    return [*asked, *(stamped[kind] for kind in STAMPS if kind in stamped)]


def day_of(said: Iterable[str], *, arrived_on: date, earliest: date) -> Day:
    """The first day said that lies between the form's publication and the arrival; else that of the arrival.

    >>> day_of(["2026-03-05T10:12:00.000-05:00"], arrived_on=date(2026, 3, 9), earliest=date(2026, 1, 1)).on
    datetime.date(2026, 3, 5)
    """
    days = [day for text in said if (day := _read(text))]
    possible = [day for day in days if earliest <= day <= arrived_on]
    doubted = days[0] if days and not possible else None
    return Day(possible[0] if possible else arrived_on, arrived_on, doubted)


def _read(text: str) -> date | None:
    """The day as the telephone's own clock and zone had it."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
