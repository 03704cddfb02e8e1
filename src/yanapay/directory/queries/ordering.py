"""The orders in which the directory can be read."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, OuterRef, Subquery

from yanapay.centres.rules import Scope
from yanapay.directory.models import Observation
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.listing import (
    FEW,
    PAGE,
    Filters,
    Page,
    count,
    newest_page,
    organisations,
    page,
    whole_rows,
)
from yanapay.kernel.keys import read_key

NAME, NEWEST = "name", "newest"


def read_page(scope: Scope, filters: Filters, order: str = NAME, after: str = "") -> Page:
    """A page in one of the orders; one that is unknown, or too dear for so many rows, is that of names."""
    if order == NEWEST:
        return newest_page(scope, filters, after)
    if order in SORTED and (total := count(scope, filters)) < FEW:
        return _sorted_page(SORTED[order](organisations(scope, filters)), after, total)
    return page(scope, filters, after)


def orders(total: int) -> list[str]:
    """The orders that a list of so many rows can be read in: beyond some thousand, those of an index."""
    return [NAME, NEWEST, *(SORTED if total < FEW else ())]


def _sorted_page(found: OrganisationQuerySet, after: str, total: int) -> Page:
    """Some thousand rows are sorted for each page: ``after`` counts those before it."""
    start = read_key(after) or 0
    keys = list(found.values_list("name_key", "pk")[start : start + PAGE]) if start < total else []
    last = start + len(keys)
    return Page(whole_rows(keys), total, str(last) if keys and last < total else "")


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
