"""The directory as a list: filtered, sorted, paged by key, with facet counts that cost nothing.

Facets are sums over :class:`Tally`, a few thousand rows even for a national registry, wherever its sorts
suffice; filters that it does not know (words, codes) and shared files are counted. A page is read along an
index: of the sort order when many match, of the filter when few do.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, OrganisationActivity, Tally
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.search import having_words
from yanapay.directory.queries.sizing import TooMany, having_size
from yanapay.kernel.filters import AddressFilters
from yanapay.kernel.keys import read_key
from yanapay.kernel.text import fold
from yanapay.places.choices import Revision
from yanapay.places.models import Area

PAGE = 25
FEW = 20_000  # below this many matches the filter's index is read and the result sorted
VOCABULARIES = {
    "need": "need_codes", "strength": "strength_codes", "opportunity": "opportunity_codes",
    "group": "macro_region",
}  # fmt: skip


@dataclass(frozen=True)
class Filters(AddressFilters):
    """What a list is cut by, as it stands in the address of the page."""

    q: str = ""
    kind: str = ""
    status: str = ""
    centre: str = ""
    area: str = ""
    need: str = ""
    strength: str = ""
    opportunity: str = ""
    group: str = ""
    responsible: str = ""
    section: str = ""
    size: str = ""


@dataclass(frozen=True)
class Page:
    """One page of a list. ``after`` leads to the next, "" when there is none."""

    rows: list[Organisation]
    total: int | None
    after: str = ""


@dataclass(frozen=True)
class FacetValue:
    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way of cutting the list, with how many organisations each value would leave."""

    name: str
    values: list[FacetValue] = field(default_factory=list)


def organisations(scope: Scope, filters: Filters) -> OrganisationQuerySet:
    """All organisations that the scope may open and the filters leave, without order."""
    found = Organisation.objects.live().visible_to(scope)
    found = found.filter(**{n: v for n in ("kind", "status") if (v := getattr(filters, n))})
    numbers = {n: read_key(getattr(filters, n)) for n in ("centre", "responsible")}
    found = found.filter(**{n: v for n, v in numbers.items() if v is not None})
    for name, vocabulary in VOCABULARIES.items():
        if value := getattr(filters, name):
            found = found.filter(attributes__vocabulary=vocabulary, attributes__code=value)
    if filters.area:
        found = found.filter(_in_area(filters.area))
    if filters.section:
        found = found.filter(pk__in=_active_in(filters.section))
    if filters.q:
        found = having_words(found, filters.q)
    return having_size(found, filters.size) if filters.size else found


def exportable(scope: Scope, filters: Filters) -> OrganisationQuerySet:
    """What the filters leave, of the centres where the user may export; in order of name."""
    found = organisations(scope, filters).by_name()
    centres = scope.centres_with("directory.export")
    return found if centres is None else found.filter(centre__in=centres)


def page(scope: Scope, filters: Filters, after: str = "", size: int = PAGE) -> Page:
    """A page in order of name, starting after the key of the last row of the page before."""
    total = count(scope, filters)
    if not total:
        return Page([], 0)  # what does not exist needs no look through everything else
    found = organisations(scope, filters)
    start = _read_start(after)
    keys = _few_keys(found, start, size) if total < FEW else _many_keys(found, start, size)
    last = keys[size - 1] if len(keys) > size else None
    return Page(whole_rows(keys[:size]), total, f"{last[0]}~{last[1]}" if last else "")


def newest_page(scope: Scope, filters: Filters, after: str = "", size: int = PAGE) -> Page:
    """A page of those registered last, which is the order of their numbers backwards."""
    found = organisations(scope, filters).order_by("-pk")
    start = read_key(after)
    found = found if start is None else found.filter(pk__lt=start)
    keys = list(found.values_list("name_key", "pk")[: size + 1])
    last = str(keys[size - 1][1]) if len(keys) > size else ""
    return Page(whole_rows(keys[:size]), count(scope, filters), last)


def _read_start(after: str) -> tuple[str, int] | None:
    key, _, number = after.rpartition("~")
    pk = read_key(number)
    return None if pk is None else (fold(key), pk)


def _few_keys(
    found: OrganisationQuerySet, start: tuple[str, int] | None, size: int
) -> list[tuple[str, int]]:
    """Read along the filter's index and sort here: the sort's index would be walked almost to its end."""
    keys = sorted(found.order_by().values_list("name_key", "pk"))
    first = bisect_right(keys, start) if start else 0
    return keys[first : first + size + 1]


def _many_keys(
    found: OrganisationQuerySet, start: tuple[str, int] | None, size: int
) -> list[tuple[str, int]]:
    if start:
        found = found.filter(Q(name_key__gt=start[0]) | Q(name_key=start[0], pk__gt=start[1]))
        found = found.filter(name_key__gte=start[0])  # the part that the index can start from
    return list(found.by_name().values_list("name_key", "pk")[: size + 1])


def whole_rows(keys: list[tuple[str, int]]) -> list[Organisation]:
    """The organisations of these keys, in their order, with what a list shows of each."""
    rows = Organisation.objects.select_related("area__parent__parent", "centre", "responsible")
    found = rows.in_bulk([pk for _, pk in keys])
    return [found[pk] for _, pk in keys]


def count(scope: Scope, filters: Filters) -> int:
    """How many organisations the filters leave: from the tally where it can tell, else counted."""
    if _tally_knows(scope, filters):
        return _tallied(scope, filters).aggregate(n=Sum("n"))["n"] or 0
    return organisations(scope, filters).count()


def facets(scope: Scope, filters: Filters) -> list[Facet]:
    """Counts by kind, status and area, each with the other filters applied; the same is counted once."""
    by_kind, by_status = filters.without("kind"), filters.without("status")
    sums = {cut: _sums(scope, cut) for cut in {filters, by_kind, by_status}}
    return [
        _facet("kind", _totals(sums[by_kind], 0), filters.kind),
        _facet("status", _totals(sums[by_status], 1), filters.status),
        _area_facet(filters, _totals(sums[filters], 2)),
    ]


def _facet(name: str, counts: Counter[Any], chosen: str) -> Facet:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return Facet(
        name, [FacetValue(str(value), n, str(value) == chosen) for value, n in ordered if n > 0]
    )


def _area_facet(filters: Filters, sums: Counter[Any]) -> Facet:
    """The areas one level below the chosen one (departments at first), with their totals."""
    depth = len(_path(filters.area).split("/")) + 1 if filters.area else 2
    totals: Counter[str] = Counter()
    for path, n in sums.items():
        parts = (path or "").split("/")
        if len(parts) >= depth:
            totals[parts[depth - 1]] += n
    ordered = sorted(totals.items(), key=lambda item: -item[1])
    return Facet(
        "area", [FacetValue(code, n, code == filters.area) for code, n in ordered if n > 0]
    )


def _sums(scope: Scope, filters: Filters) -> list[tuple[Any, ...]]:
    """(kind, status, path of the area, how many) of what the filters leave."""
    sorts = ("kind", "status", "area__path")
    if _tally_knows(scope, filters):
        return list(_tallied(scope, filters).values_list(*sorts).annotate(n=Sum("n")))
    try:
        found = organisations(scope, filters).order_by().values_list(*sorts)
    except TooMany:  # without its own filter the list is too long for that of size
        return []
    return list(found.annotate(n=Count("pk")))


def _totals(sums: list[tuple[Any, ...]], column: int) -> Counter[Any]:
    totals: Counter[Any] = Counter()
    for row in sums:
        totals[row[column]] += row[-1]
    return totals


def _tally_knows(scope: Scope, filters: Filters) -> bool:
    """Whether the sorts of the tally suffice: it knows neither words and codes nor shared files."""
    return set(filters.given) <= {"kind", "status", "centre", "area"} and not _sees_shared(scope)


def _tallied(scope: Scope, filters: Filters) -> "QuerySet[Tally]":
    found = Tally.objects.exclude(status="merged")
    centres = scope.centres_with("directory.view")
    if centres is not None:
        found = found.filter(centre__in=centres)
    if (centre := read_key(filters.centre)) is not None:
        found = found.filter(centre=centre)
    if filters.area:
        found = found.filter(_in_area(filters.area))
    return found.filter(**{f: v for f in ("kind", "status") if (v := getattr(filters, f))})


def _in_area(code: str) -> Q:
    """The area with everything below it, as a range of primary-key look-ups by path prefix."""
    path = _path(code)
    below = Area.objects.filter(Q(path=path) | Q(path__startswith=f"{path}/"))
    return Q(area__in=list(below.values_list("pk", flat=True)))


def _active_in(section: str) -> "QuerySet[OrganisationActivity, Any]":
    """Who has an activity of a section of ISIC Rev. 4, as organisation numbers."""
    held = OrganisationActivity.objects.filter(
        activity__revision=Revision.REV4, activity__section=section
    )
    return held.values("organisation")


def _path(code: str) -> str:
    found = Area.objects.filter(code=code).values_list("path", flat=True).first()
    return found or code


def _sees_shared(scope: Scope) -> bool:
    """Whether other centres share files with this scope; the tally does not know of those."""
    centres = scope.centres_with("directory.view")
    if centres is None:
        return False
    return Organisation.objects.filter(shares__centre__in=centres, shares__until=None).exists()
