"""The directory in pages, each beginning after the key of the last row of the one before.

A page is read along an index: of the sort order when many match, of the filter when few do. The index of places
holds the names in order: what lies in one district is read along it.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, Value
from django.db.models.functions import Concat

from yanapay.base import finding
from yanapay.directory.models import Organisation
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.lines import Line, lines
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.selecting import Selection
from yanapay.kernel.keys import read_key
from yanapay.kernel.text import fold

PAGE = 25
FIRST_PART = 1_000
FEW = 20_000  # below this many matches the filter's index is read and the result sorted


@dataclass(frozen=True)
class Page:
    """The keys of one page of a list. ``after`` leads to the next, "" when there is none."""

    keys: list[int]
    after: str = ""

    @cached_property
    def rows(self) -> list[Line]:
        """What a list shows of them."""
        return lines(self.keys)

    @cached_property
    def organisations(self) -> list[Organisation]:
        """All that is known of them."""
        found = Organisation.objects.select_related("area").in_bulk(self.keys)
        return [found[pk] for pk in self.keys]


def page(asked: Selection, total: int | None, after: str = "", size: int = PAGE) -> Page:
    """A page in order of name. ``total`` is how many the filters leave, None for "many"."""
    if total == 0:
        return Page([])  # what does not exist needs no look through everything else
    found = organisations(asked)
    start = _read_start(after)
    few = total is not None and total < FEW and not asked.is_of_one_place
    keys = _few_keys(found, start, size) if few else _many_keys(found, start, size)
    last = keys[size - 1] if len(keys) > size else None
    return Page([pk for _, pk in keys[:size]], f"{last[0]}~{last[1]}" if last else "")


def newest_page(asked: Selection, total: int | None, after: str = "", size: int = PAGE) -> Page:
    """A page of those registered last, which is the order of their numbers backwards."""
    start = read_key(after)
    if total is None and asked.filters.q:
        among = organisations(asked.without("q"))
        keys = finding.newest_matching(among, asked.choices, size + 1, before=start)
    elif total is None and asked.filters.activity:
        keys = _newest_keys(organisations(asked), start, size + 1)
    else:
        found = organisations(asked).order_by("-pk")
        found = found if start is None else found.filter(pk__lt=start)
        keys = list(found.values_list("pk", flat=True)[: size + 1])
    return Page(keys[:size], str(keys[size - 1]) if len(keys) > size else "")


def _read_start(after: str) -> tuple[str, int] | None:
    key, _, number = after.rpartition("~")
    pk = read_key(number)
    return None if pk is None else (fold(key), pk)


def _few_keys(
    found: OrganisationQuerySet, start: tuple[str, int] | None, size: int
) -> list[tuple[str, int]]:
    """Read along the filter's index, then sorted: the sort's own index would be walked almost to its end.

    To the database the key of the name with nothing added is a value that no index has.
    """
    named = found.annotate(key=Concat("name_key", Value("")))
    if start:
        named = named.filter(Q(key__gt=start[0]) | Q(key=start[0], pk__gt=start[1]))
    return list(named.order_by("key", "pk").values_list("key", "pk")[: size + 1])


def _newest_keys(found: OrganisationQuerySet, before: int | None, most: int) -> list[int]:
    """Along the primary key in larger and larger parts: by its index of places a database would sort all."""
    newest: list[int] = []
    size = FIRST_PART
    while len(newest) < most and size:
        along = Organisation.objects.order_by("-pk")
        along = along if before is None else along.filter(pk__lt=before)
        last = along.values_list("pk", flat=True)[size - 1 : size].first()
        part = found.filter(pk__in=along.filter(pk__gte=last or 0).values("pk"))
        newest += part.order_by("-pk").values_list("pk", flat=True)[: most - len(newest)]
        before, size = last, min(size * 4, FEW) if last else 0
    return newest


def _many_keys(
    found: OrganisationQuerySet, start: tuple[str, int] | None, size: int
) -> list[tuple[str, int]]:
    if start:
        found = found.filter(Q(name_key__gt=start[0]) | Q(name_key=start[0], pk__gt=start[1]))
        found = found.filter(name_key__gte=start[0])  # the part that the index can start from
    return list(found.by_name().values_list("name_key", "pk")[: size + 1])
