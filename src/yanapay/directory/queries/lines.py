"""What a list shows of each organisation, read without building the whole of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from yanapay.directory.choices import Kind, Status
from yanapay.directory.models import Observation, Organisation
from yanapay.places.queries import Gazetteer, gazetteer

KINDS, STATUSES = dict(Kind.choices), dict(Status.choices)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list: ``place`` lies in ``above``, ``workers`` were counted on the day ``counted_on``.

    ``kind`` and ``state`` are in the reader's language; ``status`` is the code of the state.
    """

    pk: int
    name: str
    also: str
    kind: str
    status: str
    state: str
    place: str
    above: str
    responsible: str
    workers: int | None
    counted_on: date | None


def lines(keys: list[int]) -> list[Line]:
    """The organisations of these keys, in their order."""
    signed = Coalesce(NullIf("responsible__full_name", Value("")), "responsible__username")
    rows = Organisation.objects.filter(pk__in=keys).values_list(
        "pk", "name", "acronym", "trade_name", "kind", "status", "area", signed
    )
    counted = _workers(keys)
    areas = gazetteer()
    found = {
        pk: Line(
            pk, name, acronym or trade_name, str(KINDS.get(kind, kind)), status,
            str(STATUSES.get(status, status)), *_place(areas, area), responsible or "",
            *counted.get(pk, (None, None)),
        )
        for pk, name, acronym, trade_name, kind, status, area, responsible in rows
    }  # fmt: skip
    return [found[pk] for pk in keys]


def _workers(keys: list[int]) -> dict[int, tuple[int | None, date]]:
    """The newest count of each, and its day."""
    counts = Observation.objects.published().standing().filter(organisation__in=keys)
    oldest_first = counts.filter(workers__isnull=False).order_by("observed_on", "pk")
    rows = oldest_first.values_list("organisation", "workers", "observed_on")
    return {pk: (workers, day) for pk, workers, day in rows}


def _place(areas: Gazetteer, area: int | None) -> tuple[str, str]:
    """The name of a place, and of what it lies in below the country."""
    if (ref := areas.by_id(area)) is None:
        return "", ""
    return ref.name, ", ".join(areas.names(ref)[-2::-1])
