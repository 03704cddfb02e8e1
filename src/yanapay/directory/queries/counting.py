"""How a list of the directory splits by kind, status and place: its facets and its total out of one look.

Where its sorts suffice the look is at :class:`Tally`, a few thousand rows even for a national registry. Filters
that it does not know (words, codes) and shared files are counted: at once while few match, else on demand.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum

from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.filters import Filters, path_of
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.selecting import Selection
from yanapay.directory.queries.sizing import TooMany
from yanapay.directory.queries.tallying import knows, tally

MANY = 5_000  # more matches than this are not counted while somebody waits for the page
SORTS = ("kind", "status", "area__path")


@dataclass(frozen=True)
class FacetValue:
    value: str
    count: int | None
    """None where a list is too long to count it for a page."""
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way of cutting the list, with how many organisations each value would leave."""

    name: str
    values: list[FacetValue] = field(default_factory=list)


@dataclass(frozen=True)
class Split:
    """(kind, status, path of the area) → how many, among what all filters but kind and status leave."""

    filters: Filters
    sorts: Counter[tuple[str, str, str | None]]

    @property
    def total(self) -> int:
        return sum(self._sums(2, "kind", "status").values())

    @property
    def facets(self) -> list[Facet]:
        """Counts by kind, status and area, each with the other filters applied."""
        return [
            _facet("kind", self._sums(0, "status"), self.filters.kind),
            _facet("status", self._sums(1, "kind"), self.filters.status),
            _area_facet(self.filters, self._sums(2, "kind", "status")),
        ]

    def _sums(self, column: int, *cuts: str) -> Counter[Any]:
        wanted = [
            (SORTS.index(name), value) for name in cuts if (value := getattr(self.filters, name))
        ]
        sums: Counter[Any] = Counter()
        for sorts, n in self.sorts.items():
            if all(sorts[at] == value for at, value in wanted):
                sums[sorts[column]] += n
        return sums


def split(asked: Selection) -> Split:
    """The split of what the filters leave, however many that are. Raises TooMany as ``sizing`` does."""
    if knows(asked.scope, asked.filters):
        return _tallied(asked)
    counted = _wide(asked, to_count=True).values_list(*SORTS).annotate(n=Count("pk"))
    return Split(asked.filters, Counter({tuple(sorts): n for *sorts, n in counted}))


def quick_split(asked: Selection) -> Split | None:
    """The same where it is told quickly; None when too many match to count them for a page."""
    if knows(asked.scope, asked.filters):
        return _tallied(asked)
    if _is_common(asked):
        return None
    rows = list(_wide(asked).values_list(*SORTS)[: MANY + 1])
    return Split(asked.filters, Counter(rows)) if len(rows) <= MANY else None


def count(asked: Selection) -> int:
    """How many organisations the filters leave."""
    return split(asked).total


def _is_common(asked: Selection) -> bool:
    """Whether so many have the words, and the activity, that looking at all takes its time."""
    filters = asked.filters
    if filters.network or not (filters.q or filters.activity):
        return False
    rare = (filters.q and asked.named is not None) or (
        filters.activity and asked.active is not None
    )
    return not rare and not asked.is_narrow


def _wide(asked: Selection, *, to_count: bool = False) -> OrganisationQuerySet:
    """What the filters without kind and status leave; with them, if only so the list is short enough."""
    try:
        found = organisations(asked.without("kind").without("status"), to_count=to_count)
    except TooMany:
        found = organisations(asked, to_count=to_count)
    return found.order_by()


def _facet(name: str, counts: Counter[Any], chosen: str) -> Facet:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return Facet(
        name, [FacetValue(str(value), n, str(value) == chosen) for value, n in ordered if n > 0]
    )


def _area_facet(filters: Filters, sums: Counter[Any]) -> Facet:
    """The areas one level below the chosen one (departments at first), with their totals."""
    depth = len(path_of(filters.area).split("/")) + 1 if filters.area else 2
    totals: Counter[str] = Counter()
    for path, n in sums.items():
        parts = (path or "").split("/")
        if len(parts) >= depth:
            totals[parts[depth - 1]] += n
    ordered = sorted(totals.items(), key=lambda item: -item[1])
    return Facet(
        "area", [FacetValue(code, n, code == filters.area) for code, n in ordered if n > 0]
    )


def _tallied(asked: Selection) -> Split:
    held = tally(asked.scope, asked.filters).values_list(*SORTS).annotate(n=Sum("n"))
    return Split(asked.filters, Counter({tuple(sorts): n for *sorts, n in held}))
