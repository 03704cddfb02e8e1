"""From a number of a table to the list of what it counts: organisations, or answers to a form."""

from urllib.parse import urlencode

from django.urls import reverse

from yanapay.analytics.exchange.table_page import Link, no_link
from yanapay.analytics.queries.behind import UNSET, Cell
from yanapay.analytics.queries.forms import MAPPING_FORM
from yanapay.analytics.queries.groupings import DEPARTMENT, KIND, MACRO_REGION, NONE, SOURCE_SCHEME
from yanapay.analytics.queries.tables import KEPT
from yanapay.analytics.rules.crosstab import ANY, OPEN
from yanapay.analytics.rules.tables import Table

FILTERS = {"needs": "need", "strengths": "strength", "opportunities": "opportunity"}
GROUPS = {DEPARTMENT: "area", KIND: "kind", MACRO_REGION: "group", NONE: ""}


def link_of(table: Table) -> Link:
    """The address in the list of answers, or in the directory's where that list has such a filter."""
    if table.name == "networks":
        return _network
    if table.name == "support":
        return _support
    if table.name not in KEPT:
        return _answers(table)
    is_other_scheme = table.group_by == MACRO_REGION and table.scheme != SOURCE_SCHEME
    if table.name not in FILTERS or table.group_by not in GROUPS or is_other_scheme:
        return no_link
    code_filter, group_filter = FILTERS[table.name], GROUPS[table.group_by]

    def link(group: str | None, code: str | None) -> str:
        asked = {group_filter: group, code_filter: code}
        if code in {OPEN, ANY} or (group == OPEN and group_filter):
            return ""
        given = {name: value for name, value in asked.items() if name and value}
        return f"{reverse('directory:list')}?{urlencode(given)}" if given else ""

    return link


def _network(group: str | None, code: str | None) -> str:
    del group
    return reverse("directory:record", args=[code]) if code and code.isdigit() else ""


def _answers(table: Table) -> Link:
    """The list of answers cut by the cells of a table of a form."""

    def link(group: str | None, code: str | None) -> str:
        cell = Cell(table.name, table.group_by, table.scheme, _value(group), _value(code))
        return _list(Cell(table.name, code=cell.code) if table.group_by == NONE else cell)

    return link


def _support(group: str | None, code: str | None) -> str:
    """Each addressee is a question of its own; what all of them count has no list."""
    return _list(Cell(f"{MAPPING_FORM}.{group}", code=_value(code))) if group else ""


def _list(cell: Cell) -> str:
    return f"{reverse('surveys:answers')}?{cell.query()}"


def _value(code: str | None) -> str:
    """As addresses write it, where an empty value is no filter."""
    return UNSET if code == OPEN else code or ""
