"""From a number of a table to the list of the organisations that it counts."""

from urllib.parse import urlencode

from django.urls import reverse

from yanapay.analytics.exchange.table_page import Link, no_link
from yanapay.analytics.queries.groupings import DEPARTMENT, KIND, MACRO_REGION, SOURCE_SCHEME
from yanapay.analytics.rules.tables import Table

FILTERS = {"needs": "need", "strengths": "strength", "opportunities": "opportunity"}
GROUPS = {DEPARTMENT: "area", KIND: "kind", MACRO_REGION: "group", "none": ""}


def link_of(table: Table) -> Link:
    """The address in the directory's list, where that list has such a filter."""
    if table.name == "networks":
        return _network
    is_other_scheme = table.group_by == MACRO_REGION and table.scheme != SOURCE_SCHEME
    if table.name not in FILTERS or table.group_by not in GROUPS or is_other_scheme:
        return no_link
    code_filter, group_filter = FILTERS[table.name], GROUPS[table.group_by]

    def link(group: str | None, code: str | None) -> str:
        asked = {group_filter: group, code_filter: code}
        if "" in asked.values() and group_filter:
            return ""
        given = {name: value for name, value in asked.items() if name and value}
        return f"{reverse('directory:list')}?{urlencode(given)}" if given else ""

    return link


def _network(group: str | None, code: str | None) -> str:
    del group
    return reverse("directory:record", args=[code]) if code and code.isdigit() else ""
