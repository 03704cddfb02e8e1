"""The report ``cat`` for people: sections of rows with bars, as a page, a document of its own or a PDF."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yanapay.analytics.choices import SERVICES, TABLES, class_label
from yanapay.analytics.queries.cat import CatReport, Value
from yanapay.analytics.queries.profile import Figure
from yanapay.analytics.rules.distributions import Distribution
from yanapay.analytics.rules.published import note, printed_shares, printed_value
from yanapay.kernel.messages import Message

Say = Callable[[Message], str]


@dataclass(frozen=True)
class Row:
    """One class: how many, which share, what the source prints, and the filter that lists its records."""

    label: str
    n: int
    percent: float | None
    printed: float | None = None
    query: str = ""


@dataclass(frozen=True)
class Section:
    """One table with its bars."""

    key: str
    title: str
    unit: str
    base: int
    missing: int
    rows: list[Row]
    note: str = ""


@dataclass(frozen=True)
class Total:
    """One figure of the head of the report."""

    label: str
    value: Any
    definition: str
    printed: Any = None
    note: str = ""


@dataclass(frozen=True)
class Page:
    """All that a template needs. ``zones`` are rows of code, name, services, enterprises, prospective."""

    report: CatReport
    centres: list[str]
    totals: list[Total]
    tables: list[Section]
    figures: list[Section]
    compared: bool
    no_records: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Beside:
    """What the source prints, to stand beside what is computed; nothing for a centre of its own."""

    is_shown: bool
    say: Say

    def value(self, key: str) -> Any:
        return printed_value(key) if self.is_shown else None

    def shares(self, key: str) -> dict[str, float]:
        return printed_shares(key) if self.is_shown else {}

    def note(self, key: str) -> str:
        found = note(key) if self.is_shown else None
        return self.say(found) if found else ""


HEAD = {
    "ta.services": Message("Services"), "ta.firms": Message("Enterprises served"),
    "ta.promoters": Message("Promoters"), "consultations.section": Message("Consultations"),
    "consultants.number": Message("Specialists"), "users.once": Message("Enterprises, each once"),
    "users.summed": Message("Enterprises, added up by service"),
}  # fmt: skip
FILTERS = {"subsectors": "subsector", "lines": "line"}


def cat_page(report: CatReport, say: Say, centres: list[str], *, compared: bool) -> Page:
    """The report in words; ``compared`` sets what the source prints beside it."""
    beside = Beside(compared, say)
    values = {value.key: value for value in report.values}
    period = f"from={report.asked.start}&to={report.asked.end}"
    return Page(
        report, centres,
        totals=[_total(values[key], say(title), beside) for key, title in HEAD.items()],
        tables=[_table(name, found, period) for name, found in report.tables.items()],
        figures=[_section(figure, beside) for figure in report.figures],
        compared=compared, no_records=[str(SERVICES[name]) for name in report.no_records],
    )  # fmt: skip


def as_html(page: Page, language: str) -> bytes:
    """A document of its own, without anything from elsewhere."""
    return render_to_string("analytics/cat.html", {"page": page, "language": language}).encode()


def _total(value: Value, label: str, beside: Beside) -> Total:
    definition = beside.say(value.definition)
    return Total(label, value.value, definition, beside.value(value.key), beside.note(value.key))


def _section(figure: Figure, beside: Beside) -> Section:
    found, printed = figure.distribution, beside.shares(figure.key)
    rows = [
        Row(class_label(one.label), one.n, found.percent(one.label), printed.get(one.label))
        for one in found.classes
    ]
    title, unit = beside.say(figure.title), beside.say(figure.unit)
    return Section(
        figure.key, title, unit, found.base, found.missing, rows, beside.note(figure.key)
    )


def _table(name: str, found: Distribution, period: str) -> Section:
    column = FILTERS.get(name, "topic")
    rows = [
        Row(class_label(one.label, name), one.n, found.percent(one.label),
            query=f"{column}={one.label}&{period}")
        for one in found.classes
    ]  # fmt: skip
    unit = _("consultations") if name == "topics" else _("services")
    return Section(name, str(TABLES[name]), unit, found.base, found.missing, rows)
