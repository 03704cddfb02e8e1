"""The tables of the mapping as the public sees them: of published organisations, or as a source has them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from yanapay.analytics.queries.groupings import MACRO_REGION, schemes
from yanapay.analytics.queries.tables import GROUP_TITLES, KEPT, SUFFIX, table
from yanapay.analytics.rules.tables import Table
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.mapping.queries.public.columns import columns
from yanapay.web.acting import say
from yanapay.web.public.facets import KINDS, STATES
from yanapay.web.public.pages import public, show, to, unless_changed

HEADLINES = ("state", "kind")


@public
@unless_changed
def tables(request: HttpRequest) -> HttpResponse:
    """All tables with what each tells, and the figures of the directory with their definitions."""
    kept = [
        {
            "title": say(one.title),
            "text": say(one.definition),
            "url": to(request, "table", one.name),
        }
        for one in KEPT.values()
    ]
    held = columns()
    counts = {name: held.facets[name].counts(held.everything()) for name in HEADLINES}
    path = to(request, "directory")
    context = {
        "tables": kept,
        "total": len(held.keys),
        "states": _named(counts["state"], STATES),
        "departments": len({p.split("/")[1] for p in held.facets["area"].values if p.count("/")}),
        "kinds": [
            (name, n, f"{path}?kind={code}") for code, name, n in _named(counts["kind"], KINDS)
        ],
    }
    return show(request, "public/tables.html", context)


@public
@unless_changed
def one_table(request: HttpRequest, name: str) -> HttpResponse:
    """A table by the grouping of the address."""
    kept = KEPT.get(name)
    if kept is None:
        raise Http404
    by, scheme = request.GET.get("by", ""), request.GET.get("scheme", "")
    try:
        found = table(name, by, scheme, scope=None)
    except (RuleBroken, NotFound) as error:
        raise Http404 from error
    context = {
        "table": found,
        "title": say(found.title),
        "definition": say(found.definition),
        "source": say(found.source),
        "unit": say(found.unit),
        "notes": [say(note) for note in found.notes],
        "heads": [group.label or None for group in found.tab.groups],
        "lines": _lines(found),
        "bases": [(group.base, group.missing) for group in found.tab.groups],
        "is_grouped": found.group_by != "none" and bool(found.tab.groups),
        "groupings": [
            (say(GROUP_TITLES[one]), f"{request.path}?by={one}", one == found.group_by)
            for one in kept.groupings
        ]
        if len(kept.groupings) > 1
        else [],
        "schemes": [
            (
                scheme.name,
                f"{request.path}?by={MACRO_REGION}&scheme={scheme.code}",
                scheme.code == found.scheme,
            )
            for scheme in schemes()
        ]
        if found.group_by == MACRO_REGION and not name.endswith(SUFFIX)
        else [],
    }
    return show(request, "public/table.html", context)


def _lines(found: Table) -> list[dict[str, Any]]:
    """A line for each code: of all, and of each group; None where the group is silent or hidden."""
    cells = {(row.code, row.group): row for row in found.tab.rows}
    return [
        {
            "label": row.label,
            "n": row.n,
            "share": row.share,
            "cells": [cells.get((row.code, group.code)) for group in found.tab.groups],
        }
        for row in found.tab.totals
    ]


def _named(counts: dict[str, int], names: dict[str, Any]) -> list[tuple[str, str, int]]:
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return [(code, str(names.get(code, code)), n) for code, n in ordered]
