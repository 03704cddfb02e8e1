"""Opening an entry of the roster, and listing it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from django.db.models import Avg, Exists, OuterRef, Q

from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.kernel.text import words
from yanapay.places.models import Area
from yanapay.roster.models import Absence, CoveredArea, Specialist, Speciality
from yanapay.roster.models.specialists import SpecialistQuerySet
from yanapay.roster.queries.accreditation import accredited


@dataclass(frozen=True)
class RosterFilters:
    """What cuts the list; each is a parameter of the address. ``area`` is an area's code."""

    q: str = ""
    kind: str = ""
    topic: str = ""
    accredited: str = ""
    available: str = ""
    area: str = ""
    activity: str = ""
    inactive: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        return cls(**{f.name: query.get(f.name, "").strip()[:100] for f in fields(cls)})

    def but(self, **changed: str) -> dict[str, str]:
        """The parameters of an address with some of them changed; the empty ones left out."""
        held = {f.name: getattr(self, f.name) for f in fields(self)} | changed
        return {name: value for name, value in held.items() if value}


def open_specialist(scope: Scope, pk: int) -> Specialist:
    """The entry if the scope may see it; else NotFound."""
    found = _with_names(Specialist.objects.visible_to(scope)).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such entry in the roster, or it is not in your centre.")
    return found


def locked(specialist: Specialist) -> Specialist:
    """The entry as it is now, held until the transaction ends."""
    return Specialist.objects.select_for_update().get(pk=specialist.pk)


def roster(scope: Scope, filters: RosterFilters, on: date) -> list[Specialist]:
    """The entries that the filters leave, by name; each with ``rating``, the mean of its ratings."""
    found = _with_names(Specialist.objects.visible_to(scope))
    found = found.filter(is_active=not filters.inactive)
    found = _named(_of_subject(found, filters), filters.q)
    if filters.area:
        found = _going_to(found, filters.area)
    if filters.available:
        found = found.exclude(pk__in=away(on))
    listed = list(found.annotate(rating=Avg("ratings__score")))
    if filters.accredited:
        good = accredited(listed, on)
        listed = [one for one in listed if (one.pk in good) == (filters.accredited == "yes")]
    return sorted(listed, key=lambda one: str(one).casefold())


def away(on: date) -> dict[int, date]:
    """Who is away on the day, and until when."""
    absent = Absence.objects.filter(since__lte=on, until__gte=on)
    return dict(absent.values_list("specialist_id", "until"))


def _with_names(found: SpecialistQuerySet) -> SpecialistQuerySet:
    return found.select_related("person", "organisation", "centre", "user").prefetch_related(
        "specialities__activity", "specialities__technology", "areas__area"
    )


def _of_subject(found: SpecialistQuerySet, filters: RosterFilters) -> SpecialistQuerySet:
    if filters.kind:
        found = found.filter(kind=filters.kind)
    known = Speciality.objects.filter(specialist=OuterRef("pk"))
    if filters.topic:
        found = found.filter(Exists(known.filter(topic=filters.topic)))
    if filters.activity:
        found = found.filter(Exists(known.filter(activity__code__startswith=filters.activity)))
    return found


def _named(found: SpecialistQuerySet, text: str) -> SpecialistQuerySet:
    for word in words(text)[:6]:
        found = found.filter(
            Q(person__search_text__contains=word) | Q(organisation__search_text__contains=word)
        )
    return found


def _going_to(found: SpecialistQuerySet, code: str) -> SpecialistQuerySet:
    """Those who cover the area, or an area within it."""
    area = Area.objects.filter(code=code).first()
    if area is None:
        return found.none()
    above = ["/".join(area.path.split("/")[: n + 1]) for n in range(area.path.count("/") + 1)]
    covering = CoveredArea.objects.filter(specialist=OuterRef("pk")).filter(
        Q(area__path__in=above) | Q(area__path__startswith=f"{area.path}/")
    )
    return found.filter(Exists(covering))
