"""How a list of the directory splits by kind, status and place: its facets and its total out of one look.

Where its sorts suffice the look is at :class:`Tally`, a few thousand rows even for a national registry. Filters
that it does not know (words, codes) and shared files are counted: at once while few match, else on demand.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, F, Sum
from django.db.models.functions import Left

from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.selecting import Selection
from yanapay.directory.queries.sizing import TooMany
from yanapay.directory.queries.tallying import knows, tally
from yanapay.places.models import Area
from yanapay.places.queries import gazetteer, path_to
from yanapay.places.rules.gazetteer import counts_at

MANY = 5_000  # more matches than this are not counted while somebody waits for the page
CODE = Area._meta.get_field("code").max_length or 0
Sort = tuple[str, str, str | None]


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
    """(kind, status, path of the area) → how many, among what all filters but kind and status leave.

    A path reaches at least one level below the chosen area.
    """

    filters: Filters
    sorts: Counter[Sort]

    @property
    def total(self) -> int:
        return self._sums[2].total()

    @property
    def facets(self) -> list[Facet]:
        """Counts by kind, status and area, each with the other filters applied."""
        kinds, statuses, paths = self._sums
        return [
            _facet("kind", kinds, self.filters.kind),
            _facet("status", statuses, self.filters.status),
            _area_facet(self.filters, paths),
        ]

    @cached_property
    def _sums(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """By kind without the filter of kinds, by status without that of statuses, by path with both."""
        kinds, statuses, paths = Counter[str](), Counter[str](), Counter[str]()
        for (kind, status, path), n in self.sorts.items():
            is_kind = self.filters.kind in ("", kind)
            is_status = self.filters.status in ("", status)
            kinds[kind] += n if is_status else 0
            statuses[status] += n if is_kind else 0
            paths[path or ""] += n if is_kind and is_status else 0
        return kinds, statuses, paths


def split(asked: Selection) -> Split:
    """The split of what the filters leave, however many that are. Raises TooMany as ``sizing`` does."""
    if knows(asked.scope, asked.filters):
        return _tallied(asked)
    wide = _wide(asked, to_count=True).values_list("kind", "status", _cut(asked.filters))
    return _told(asked, wide.annotate(n=Count("pk")))


def quick_split(asked: Selection) -> Split | None:
    """The same where it is told quickly; None when too many match to count them for a page."""
    if knows(asked.scope, asked.filters):
        return _tallied(asked)
    if _is_common(asked):
        return None
    rows = list(_wide(asked).values_list("kind", "status", F("area__path"))[: MANY + 1])
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


def _facet(name: str, counts: Counter[str], chosen: str) -> Facet:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Facet(name, [FacetValue(value, n, value == chosen) for value, n in ordered if n > 0])


def _area_facet(filters: Filters, paths: Counter[str]) -> Facet:
    """The areas one level below the chosen one (departments at first), with their totals."""
    return _facet("area", counts_at(_depth(filters), paths), filters.area)


def _depth(filters: Filters) -> int:
    """At which step of a path stands an area one level below the chosen one; the first is the country."""
    return len(path_to(filters.area)) + 1 if filters.area else 1


def _cut(filters: Filters) -> Left:
    """As much of a path as reaches below the chosen area: of a country two hundred, not all districts."""
    area = gazetteer().by_code(filters.area) if filters.area else None
    return Left("area__path", len(area.path if area else "PE") + 1 + CODE)


def _tallied(asked: Selection) -> Split:
    held = tally(asked.scope, asked.filters).values_list("kind", "status", _cut(asked.filters))
    return _told(asked, held.annotate(n=Sum("n")))


def _told(asked: Selection, rows: Iterable[tuple[str, str, str | None, int]]) -> Split:
    return Split(
        asked.filters, Counter({(kind, status, path): n for kind, status, path, n in rows})
    )
