"""Cooperatives: the table and the census that the source prints, beside those of the directory."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext

from yanapay.analytics.queries.groupings import DEPARTMENT, KIND, Register, grouping, registered
from yanapay.analytics.queries.organisations import organisations_by
from yanapay.analytics.rules import cooperatives as printed
from yanapay.analytics.rules.crosstab import OPEN, Group, Row
from yanapay.analytics.rules.mapping_source import SOURCE
from yanapay.analytics.rules.tables import Table
from yanapay.centres.rules import Scope
from yanapay.directory.choices import Kind
from yanapay.kernel.messages import Message

COOPERATIVES = [kind for kind in Kind.values if kind.startswith("coop")]
HERE, HERE_BY_PLACE = "directory", "directory_departments"
LIVE = {
    HERE: Message("In this directory, by type"), HERE_BY_PLACE: Message("In this directory, by department"),
}  # fmt: skip


def cooperative_census(title: Message, definition: Message, scope: Scope | None) -> Table:
    """All that is printed, each part with its own base, and the live counterpart."""
    tab = printed.printed()
    live = list(_live(registered(scope)))
    named = {**printed.GROUPS, **LIVE}
    groups = (*tab.groups, *(group for group, _ in live))
    rows = (*tab.rows, *(row for _, rows in live for row in rows))
    whole = replace(
        tab, groups=tuple(replace(g, label=named[g.code].render(gettext)) for g in groups),
        rows=tuple(_labelled(rows)),
    )  # fmt: skip
    return Table(
        "cooperative-census", title, definition, SOURCE, Message("cooperatives"), whole, "source",
        Message("Source"), notes=printed.NOTES, details=_details(), is_compound=True,
        printed=printed.as_printed(),
    )  # fmt: skip


def _live(register: Register) -> Iterator[tuple[Group, list[Row]]]:
    """The cooperatives of the directory by type, and by department."""
    only = Register(
        register.units.filter(kind__in=COOPERATIVES), register.codes, register.is_public
    )
    for code, way in ((HERE, KIND), (HERE_BY_PLACE, DEPARTMENT)):
        tab = organisations_by(only, grouping(only, way), grouping(only, "none"))
        yield (
            Group(code, "", tab.base, tab.missing),
            [replace(row, group=code) for row in tab.totals],
        )


def _labelled(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        told = printed.TYPES.get(row.code) if row.label == OPEN else None
        yield replace(row, label=told.render(gettext)) if told else row


def _details() -> dict[str, object]:
    percents, bases = printed.printed_percents(), printed.implied_bases()
    return {
        "checks": [
            {"agrarian": check.reading or None, "sum_of_rows": check.total, "printed_total": check.printed,
             "difference": check.difference}
            for check in printed.checks()
        ],
        "printed_percents": [
            {"group": group, "code": code, "percent": percent, "base_implied": bases.get(code)}
            for (group, code), percent in percents.items()
        ],
        "totals_by_source": printed.census()["totals_by_source"],
    }  # fmt: skip
