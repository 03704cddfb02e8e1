"""What a measure tells ``make bench``: rows of the table, and where it finds what the others left."""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

SMALL = bool(os.environ.get("BENCH_SMALL"))
REGISTRY, TRUTH, HOME = (
    Path(place) if (place := os.environ.get(name)) else None
    for name in ("BENCH_REGISTRY", "BENCH_TRUTH", "BENCH_HOME")
)


class Row(NamedTuple):
    """One line of the table: what was measured, what came out, what was asked for."""

    measure: str
    value: str
    bar: str
    holds: bool


def at_most(measure: str, value: float, bar: float, unit: str = "") -> Row:
    return Row(measure, f"{value:g}{unit}", f"<= {bar:g}{unit}", value <= bar)


def at_least(measure: str, value: float, bar: float, unit: str = "") -> Row:
    return Row(measure, f"{value:g}{unit}", f">= {bar:g}{unit}", value >= bar)


def hand_in(rows: list[Row], told: Any = None) -> None:
    """Print what was found, and leave the rows for ``make bench``."""
    if told is not None:
        print(json.dumps(told, indent=1))
    for row in rows:
        print(f"{row.measure}: {row.value} (bar {row.bar}): {'holds' if row.holds else 'MISSED'}")
    if out := os.environ.get("BENCH_RESULT"):
        Path(out).write_text(json.dumps([row._asdict() for row in rows]))
