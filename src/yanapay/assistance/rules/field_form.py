"""Figures of an enterprise as the field form of the baseline asks them. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from yanapay.directory.rules import values as cells
from yanapay.directory.rules.figures import MONEY
from yanapay.kernel.errors import RuleBroken

COUNTS = ("workers", "workers_women", "workers_men")
ASKED = ("assets", "equipment")
USUAL = "PEN"


def figures_said(values: Mapping[str, Any], arrived_on: date) -> dict[str, Any]:
    """The figures of an observation; what cannot be read is left out, it stands in the answer.

    The day is the one that was said, unless it lies in the future: clocks of telephones may be wrong.
    """
    currency = str(values.get("currency") or USUAL).upper()
    figures = {
        **_read(values, COUNTS, cells.whole),
        **_read(values, ASKED, lambda text: cells.amount(text, currency)),
        **_read(values, ("observed_on",), lambda text: cells.past_day(text, arrived_on)),
    }
    if hours := _hours(values):
        figures["hours_per_week"] = hours
    if products := str(values.get("main_products") or "").strip():
        figures["products"] = products
    if figures.keys() & set(MONEY):
        figures["currency"] = currency
    return {"observed_on": arrived_on, **figures}


def _read(
    values: Mapping[str, Any], names: tuple[str, ...], reader: Callable[[str], Any]
) -> dict[str, Any]:
    found = {}
    for name in names:
        try:
            found[name] = reader(str(values.get(name) or "").strip())
        except RuleBroken:
            continue
    return found


def _hours(values: Mapping[str, Any]) -> int | None:
    try:
        hours = float(values.get("hours_day") or 0) * int(values.get("days_week") or 0)
    except ValueError:
        return None
    return round(hours) if 0 < hours <= 168 else None
