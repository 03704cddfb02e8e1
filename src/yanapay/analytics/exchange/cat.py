"""The report ``cat`` for machines: JSON, and the rows of a workbook."""

from collections.abc import Callable, Iterator
from typing import Any

from yanapay.analytics.queries.cat import CatReport
from yanapay.analytics.queries.profile import Figure
from yanapay.analytics.rules.published import note, printed_shares, printed_value
from yanapay.kernel.messages import Message

HEADERS = ("Table", "Code", "What it is", "Value", "Base", "Missing", "Percent")
OTHER_PRINTS = {"consultations.section": "consultations.prologue"}
Say = Callable[[Message], str]


def as_json(report: CatReport, say: Say, *, compared: bool) -> dict[str, Any]:
    """``values`` and ``figures`` under the keys of the source, with definitions, tables and notes.

    ``compared`` adds what the source prints: sensible only for the centre that follows it.
    """
    found: dict[str, Any] = {
        "report": "cat", "from": report.asked.start.isoformat(), "to": report.asked.end.isoformat(),
        "values": {value.key: value.value for value in report.values},
        "figures": {figure.key: _figure(figure) for figure in report.figures},
        "tables": {
            name: {"base": table.base, "missing": table.missing,
                   "rows": [{"code": one.label, "n": one.n} for one in table.classes]}
            for name, table in report.tables.items()
        },
        "definitions": {value.key: say(value.definition) for value in report.values},
        "no_records": list(report.no_records),
    }  # fmt: skip
    return {**found, **_comparison(report, say)} if compared else found


def _figure(figure: Figure) -> dict[str, Any]:
    of = figure.distribution
    return {"base": of.base, "missing": of.missing, "classes": of.percents()}


def _comparison(report: CatReport, say: Say) -> dict[str, Any]:
    keys = [value.key for value in report.values]
    values = {key: printed_value(key) for key in [*keys, *OTHER_PRINTS.values()]}
    notes = {
        key: found for key in [*keys, *(f.key for f in report.figures)] if (found := note(key))
    }
    return {
        "printed": {
            "values": {key: value for key, value in values.items() if value is not None},
            "figures": {f.key: printed_shares(f.key) for f in report.figures if printed_shares(f.key)},
        },
        "notes": {key: say(found) for key, found in notes.items()},
    }  # fmt: skip


def rows(report: CatReport, say: Say) -> Iterator[tuple[str, str, str, Any, Any, Any, Any]]:
    """One sheet: table, key or class, what it is, value or n, base, missing, percent."""
    for value in report.values:
        told = ", ".join(value.value) if isinstance(value.value, list) else value.value
        yield "", value.key, say(value.definition), told, "", "", ""
    for name, table in report.tables.items():
        for one in table.classes:
            yield name, one.label, "", one.n, table.base, table.missing, table.percent(one.label)
    for figure in report.figures:
        of = figure.distribution
        for one in of.classes:
            yield (
                figure.key,
                one.label,
                say(figure.title),
                one.n,
                of.base,
                of.missing,
                of.percent(one.label),
            )
