"""Typed cells of spreadsheets and Parquet as the text that a person would have typed."""

import json
from datetime import date, datetime
from typing import Any


def as_text(value: Any) -> str:  # noqa: PLR0911  one line per type of cell
    """The cell as text: whole numbers without a point, dates in ISO form, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time().isoformat() == "00:00:00"
            else value.isoformat()
        )
    if isinstance(value, date):
        return value.isoformat()
    return (
        json.dumps(value, ensure_ascii=False, default=str)
        if isinstance(value, list | dict)
        else str(value)
    )


def _number(value: float) -> str:
    """Never with exactly three decimals: people write thousands so, and a true number is no guess."""
    if value != value:
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10f}".rstrip("0")
    return text + "0" if len(text) - text.index(".") == 4 else text
