"""What the public may see of a question: one protected table, and sums of what that table shows. Pure.

Two tables that are protected each by itself can be held against each other: departments against
macro-regions, a total with small ones hidden against one without. So a question has one finest table, by
department. It alone is protected, and every other table of the question adds up what it shows: whoever knows
them all knows no more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from yanapay.analytics.rules.crosstab import OPEN, Crosstab, Group, Label, Row
from yanapay.analytics.rules.suppression import in_rank

Place = Callable[[str], str]


def all_together(finest: Crosstab) -> Crosstab:
    """The totals of a protected table as a table of one group."""
    return replace(
        finest, groups=(Group(OPEN, "", finest.base, finest.missing),), rows=finest.totals
    )


def joined(finest: Crosstab, place: Place, labels: Sequence[Label]) -> Crosstab:
    """The groups of a protected table put into larger ones; a sum with a hidden part is hidden."""
    parts: dict[str, list[Group]] = {}
    for group in finest.groups:
        parts.setdefault(place(group.code), []).append(group)
    order = [code for code, _ in labels if code in parts] + ([OPEN] if OPEN in parts else [])
    names = dict(labels)
    groups = tuple(_group(code, names.get(code, ""), parts[code]) for code in order)
    rows = [row for group in groups for row in _rows(finest, group, parts[group.code])]
    return replace(finest, groups=groups, rows=tuple(rows))


def _group(code: str, label: str, parts: Sequence[Group]) -> Group:
    return Group(code, label, _sum(one.base for one in parts), _sum(one.missing for one in parts))


def _rows(finest: Crosstab, group: Group, parts: Sequence[Group]) -> list[Row]:
    inside = {one.code for one in parts}
    found: dict[str, list[Row]] = {}
    for row in finest.rows:
        if row.group in inside:
            found.setdefault(row.code, []).append(row)
    listed = [found[total.code] for total in finest.totals if total.code in found]
    summed = [
        Row(group.code, rows[0].code, rows[0].label, _sum(row.n for row in rows), group.base)
        for rows in listed
    ]
    return summed if finest.is_ordered else in_rank(summed)


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    shown = [n for n in known if n is not None]
    return sum(shown) if len(shown) == len(known) else None
