"""The orders in which the directory can be read."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, OuterRef, Subquery

from yanapay.directory.models import Observation
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.paging import FEW, PAGE, Page, newest_page, page
from yanapay.directory.queries.selecting import Selection
from yanapay.kernel.keys import read_key

NAME, NEWEST = "name", "newest"


def read_page(asked: Selection, total: int | None, order: str = NAME, after: str = "") -> Page:
    """A page in one of the orders that :func:`orders` offers for so many rows; else in the first of them."""
    order = order_for(asked.filters, total, order)
    if order == NEWEST:
        return newest_page(asked, total, after)
    if order in SORTED:
        return _sorted_page(SORTED[order](organisations(asked)), after)
    return page(asked, total, after)


def orders(filters: Filters, total: int | None) -> list[str]:
    """The orders that a list of so many rows (None: many) can be read in, that of a first look first.

    Beyond some thousand rows those of an index; of a common word or activity the newest, which are soon met.
    """
    if total is None and (filters.q or filters.activity):
        return [NEWEST]
    return [NAME, NEWEST, *(SORTED if total is not None and total < FEW else ())]


def order_for(filters: Filters, total: int | None, asked: str) -> str:
    """The order asked for if it is offered, else the first that is."""
    offered = orders(filters, total)
    return asked if asked in offered else offered[0]


def _sorted_page(found: OrganisationQuerySet, after: str) -> Page:
    """Some thousand rows are sorted for each page: ``after`` counts those before it."""
    start = min(read_key(after) or 0, FEW)
    keys = list(found.values_list("pk", flat=True)[start : start + PAGE + 1])
    return Page(keys[:PAGE], str(start + PAGE) if len(keys) > PAGE else "")


def _changed(found: OrganisationQuerySet) -> OrganisationQuerySet:
    return found.order_by("-updated_at", "-pk")


def _workers(found: OrganisationQuerySet) -> OrganisationQuerySet:
    standing = Observation.objects.standing().filter(organisation=OuterRef("pk")).newest_first()
    known: Any = found.annotate(staff=Subquery(standing.values("workers")[:1]))
    ordered: OrganisationQuerySet = known.order_by(
        F("staff").desc(nulls_last=True), "name_key", "pk"
    )
    return ordered


def _area(found: OrganisationQuerySet) -> OrganisationQuerySet:
    return found.order_by(F("area__path").asc(nulls_last=True), "name_key", "pk")


SORTED: dict[str, Callable[[OrganisationQuerySet], OrganisationQuerySet]] = {
    "changed": _changed,
    "workers": _workers,
    "area": _area,
}
