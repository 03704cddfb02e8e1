"""The tables of the mapping as the public sees them: of published organisations, or as a source has them."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from yanapay.analytics.exchange.network_page import NetworkPage, network_page
from yanapay.analytics.exchange.table_page import Link, no_link, table_page
from yanapay.analytics.queries.groupings import (
    DEPARTMENT,
    GROUP_TITLES,
    KIND,
    MACRO_REGION,
    NETWORK,
    NONE,
    schemes,
)
from yanapay.analytics.queries.networks import network_graph
from yanapay.analytics.queries.tables import KEPT, SUFFIX, table
from yanapay.analytics.rules.crosstab import ANY, OPEN
from yanapay.analytics.rules.tables import Table
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.queries.public.columns import columns
from yanapay.web.acting import say
from yanapay.web.public.facets import KINDS, STATES
from yanapay.web.public.pages import public, show, to, unless_changed
from yanapay.web.public.presenting import share_of

FILTERS = {
    "needs": "need", "strengths": "strength", "opportunities": "opportunity", "activities": "line",
    "networks": "network",
}  # fmt: skip
GROUPS = {DEPARTMENT: "area", KIND: "kind", MACRO_REGION: "region", NETWORK: "network", NONE: ""}


@public
@unless_changed
def tables(request: HttpRequest) -> HttpResponse:
    """All tables with what each tells, and the figures of the directory with their definitions."""
    kept = [
        {"title": say(one.title), "text": say(one.definition), "url": to(request, "table", one.name)}
        for one in KEPT.values()
    ]  # fmt: skip
    held = columns()
    total, path = len(held.keys), to(request, "directory")
    kinds = _named(held.facets["kind"].totals, KINDS)
    context = {
        "tables": kept, "total": total, "states": _named(held.facets["state"].totals, STATES),
        "departments": len({p.split("/")[1] for p in held.facets["area"].values if p.count("/")}),
        "kinds": [(name, n, share_of(n, total), f"{path}?kind={code}") for code, name, n in kinds],
    }  # fmt: skip
    return show(request, "public/tables.html", context)


@public
def one_table(request: HttpRequest, name: str) -> HttpResponse:
    """A table by the grouping of the address. Some count answers, which change without any entry."""
    if name not in KEPT:
        raise Http404
    try:
        found = table(name, request.GET.get("by", ""), request.GET.get("scheme", ""), scope=None)
    except RuleBroken as error:
        raise Http404 from error
    context = {
        "page": table_page(found, say, _link(request, found)), "groupings": _groupings(request, found),
        "schemes": _schemes(request, found),
        "network": _network(request) if name == "networks" else None,
    }  # fmt: skip
    return show(request, "public/table.html", context)


def _link(request: HttpRequest, found: Table) -> Link:
    """From a number to the list of the organisations that it counts."""
    if found.name not in FILTERS or found.group_by not in GROUPS:
        return no_link
    path, code_filter, group_filter = (
        to(request, "directory"),
        FILTERS[found.name],
        GROUPS[found.group_by],
    )
    fixed = {"state": "published"} if found.name != "networks" else {}
    fixed |= {"scheme": found.scheme} if found.scheme else {}

    def link(group: str | None, code: str | None) -> str:
        given = {
            name: value
            for name, value in {group_filter: group, code_filter: code}.items()
            if name and value
        }
        is_list = given and group != OPEN and code not in {OPEN, ANY}
        return f"{path}?{urlencode({**given, **fixed})}" if is_list else ""

    return link


def _groupings(request: HttpRequest, found: Table) -> list[tuple[str, str, bool]]:
    """(what it is called, its address, whether it is this one)."""
    offered = KEPT[found.name].groupings
    return [
        (say(GROUP_TITLES[one]), f"{request.path}?by={one}", one == found.group_by)
        for one in offered if len(offered) > 1
    ]  # fmt: skip


def _schemes(request: HttpRequest, found: Table) -> list[tuple[str, str, bool]]:
    if found.group_by != MACRO_REGION or found.name.endswith(SUFFIX):
        return []
    return [
        (one.name, f"{request.path}?by={MACRO_REGION}&scheme={one.code}", one.code == found.scheme)
        for one in schemes()
    ]


def _network(request: HttpRequest) -> NetworkPage:
    return network_page(network_graph(None), lambda slug: to(request, "organisation", slug))


def _named(counts: dict[str, int], names: dict[str, Any]) -> list[tuple[str, str, int]]:
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return [(code, str(names.get(code, code)), n) for code, n in ordered]
