"""Tables for people: the cross table, the ranking of each group with bars, base and missing of everything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext

from yanapay.analytics.rules.crosstab import ANY, OPEN, Group, Row
from yanapay.analytics.rules.tables import Table
from yanapay.base.showing import number, percent
from yanapay.kernel.messages import Message

Say = Callable[[Message], str]
Link = Callable[[str | None, str | None], str]
"""(group, code) → the address of the records behind a number. None is all groups, or all codes; the code
``ANY`` is whoever answered, ``OPEN`` who did not."""
FIRST = 8  # lines of a ranking that are open; the rest unfolds
COLUMNS = 30  # a wider table is shown as rankings only
FOLDED = 9  # beside so many columns the rankings unfold


@dataclass(frozen=True)
class Bar:
    """One line of a ranking. ``percent`` is the length of its bar; ``printed`` what the source prints."""

    label: str
    n: str
    share: str
    percent: float
    rank: int | None
    url: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Section:
    """One group with its ranking."""

    key: str
    title: str
    base: str
    missing: str
    bars: list[Bar]
    url: str = ""
    base_url: str = ""
    missing_url: str = ""
    open: int = FIRST
    is_hidden: bool = False

    @property
    def first(self) -> list[Bar]:
        return self.bars[: self.open]

    @property
    def rest(self) -> list[Bar]:
        return self.bars[self.open :]


@dataclass(frozen=True)
class Cell:
    n: str
    share: str
    url: str = ""
    is_zero: bool = False


@dataclass(frozen=True)
class Line:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class SummaryLine:
    """What the numbers of a group amount to: smallest, middle, mean, largest."""

    title: str
    n: str
    least: str
    median: str
    mean: str
    most: str


@dataclass(frozen=True)
class TablePage:
    """All that the fragment ``analytics/table_body.html`` shows."""

    table: Table
    title: str
    definition: str
    source: str
    unit: str
    group_title: str
    base: str
    missing: str
    notes: list[str]
    columns: list[Section]
    lines: list[Line]
    sections: list[Section]
    whole: Section | None
    summaries: list[SummaryLine]

    @property
    def is_folded(self) -> bool:
        return len(self.columns) > FOLDED


def no_link(group: str | None, code: str | None) -> str:
    """Numbers that lead nowhere."""
    del group, code
    return ""


def table_page(table: Table, say: Say, link: Link = no_link) -> TablePage:
    """The table in words and formatted numbers, each with the address of what it counts."""
    sections = [_section(table, group, link) for group in table.tab.groups]
    is_grouped = len(sections) > 1 or table.group_by != "none"
    columns = sections if is_grouped and table.tab.totals and len(sections) <= COLUMNS else []
    return TablePage(
        table, say(table.title), say(table.definition), say(table.source), say(table.unit),
        say(table.group_title), "" if table.is_compound else _shown(table, table.base),
        _shown(table, table.missing), [say(note) for note in table.notes],
        columns, _lines(table, link) if columns else [], sections if is_grouped else [],
        _whole(table, link) if table.tab.totals else None, _summaries(table),
    )  # fmt: skip


def as_html(page: TablePage, language: str) -> bytes:
    """A document of its own, without anything from elsewhere."""
    context = {"page": page, "language": language}
    return render_to_string("analytics/table.html", context).encode()


def _summaries(table: Table) -> list[SummaryLine]:
    """The groups of a question on numbers, and all together at the end; of one group only the whole."""
    names = {group.code: group.label or gettext("Not stated") for group in table.tab.groups}
    told = table.details.get("summaries", [])
    shown = [*told[1:], *told[:1]] if table.group_by != "none" else told[:1]
    return [
        SummaryLine(
            gettext("All together") if one["group"] is None else names[one["group"]],
            number(one["n"]), *(_figure(one[name]) for name in ("min", "median", "mean", "max")),
        )
        for one in shown
    ]  # fmt: skip


def _figure(value: float) -> str:
    """With a decimal where it has one, without pretending to more."""
    return number(value, 0 if value == int(value) else 1)


def _section(table: Table, group: Group, link: Link) -> Section:
    rows = [row for row in table.rows if row.group == group.code]
    return Section(
        group.code or "open", group.label or gettext("Not stated"), _shown(table, group.base),
        _shown(table, group.missing), _bars(table, rows, link), link(group.code, None),
        link(group.code, ANY) if group.base else "", link(group.code, OPEN) if group.missing else "",
        len(rows) if table.is_compound else FIRST, _is_hidden(table, rows),
    )  # fmt: skip


def _is_hidden(table: Table, rows: Sequence[Row]) -> bool:
    """Whether there are lines, but not one with a number."""
    return table.is_protected and bool(rows) and all(row.n is None for row in rows)


def _whole(table: Table, link: Link) -> Section:
    bars = _bars(table, table.tab.totals, lambda _, code: link(None, code))
    title = gettext("All together")
    return Section(
        "all", title, _shown(table, table.base), _shown(table, table.missing), bars, "",
        link(None, ANY) if table.base else "", link(None, OPEN) if table.missing else "",
        len(bars), _is_hidden(table, table.tab.totals),
    )  # fmt: skip


def _bars(table: Table, rows: Sequence[Row], link: Link) -> list[Bar]:
    highest = max((row.n or 0 for row in rows), default=0)
    return [
        Bar(row.label or gettext("Not stated"), _shown(table, row.n), percent(row.share),
            _length(row, highest), row.rank, link(row.group, row.code),
            table.printed.get((row.group, row.code), ""))
        for row in rows
    ]  # fmt: skip


def _length(row: Row, highest: int) -> float:
    """Of the base where there is one, so that bars compare across groups; else of the longest."""
    if row.share is not None:
        return round(100 * row.share, 1)
    return round(100 * row.n / highest, 1) if row.n and highest else 0


def _lines(table: Table, link: Link) -> list[Line]:
    """Codes down, groups across, the whole at the end."""
    held = {(row.group, row.code): row for row in table.rows}
    return [
        Line(total.label or gettext("Not stated"), [
            *(_cell(table, held.get((group.code, total.code)), link(group.code, total.code))
              for group in table.tab.groups),
            _cell(table, total, link(None, total.code)),
        ])
        for total in table.tab.totals
    ]  # fmt: skip


def _cell(table: Table, row: Row | None, url: str) -> Cell:
    if row is None:
        return Cell("0", "", "", is_zero=True)
    return Cell(_shown(table, row.n), percent(row.share), url if row.n is not None else "")


def _shown(table: Table, n: int | None) -> str:
    """The number; a sign where it is hidden, nothing where there is none."""
    return number(n) if n is not None else "…" if table.is_protected else ""
