"""What specialists know, where they go, when they are away, how they did."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.places.models import ActivityCode, Area
from yanapay.roster.models import Absence, CoveredArea, Rating, Specialist, Speciality, Technology
from yanapay.roster.queries.specialists import locked

MOST_YEARS = 60


@transaction.atomic
def add_speciality(
    *, by: Actor, specialist: Specialist, topic: str, activity: ActivityCode | None = None,
    technology: Technology | None = None, years: int | None = None,
) -> Speciality:  # fmt: skip
    """Something that a specialist knows; the same thing again only updates its years."""
    if years is not None and not 0 <= years <= MOST_YEARS:
        raise RuleBroken("Between 0 and 60 years.", field="years")
    about = {"topic": topic, "activity": activity, "technology": technology}
    found, is_new = Speciality.objects.get_or_create(
        specialist=locked(specialist), **about, defaults={"years": years}
    )
    if not is_new and found.years != years:
        found.years = years
        found.save(update_fields=["years"])
    _record(by, "roster.speciality_added", specialist, {
        "topic": topic, "activity": activity.code if activity else "",
        "technology": technology.name if technology else "",
    })  # fmt: skip
    return found


@transaction.atomic
def remove_speciality(*, by: Actor, speciality: Speciality) -> None:
    """Take back a speciality that was wrong."""
    specialist, topic = speciality.specialist, speciality.topic
    speciality.delete()
    _record(by, "roster.speciality_removed", specialist, {"topic": topic})


@transaction.atomic
def set_areas(*, by: Actor, specialist: Specialist, areas: Collection[Area]) -> None:
    """The areas to which a specialist goes: exactly these, each with all below it."""
    specialist = locked(specialist)
    wanted = {area.pk: area for area in areas}
    held = set(specialist.areas.values_list("area_id", flat=True))
    if held == set(wanted):
        return
    specialist.areas.exclude(area__in=wanted).delete()
    CoveredArea.objects.bulk_create(
        CoveredArea(specialist=specialist, area=area)
        for pk, area in wanted.items()
        if pk not in held
    )
    _record(by, "roster.areas_set", specialist, {"areas": [a.code for a in wanted.values()]})


@transaction.atomic
def add_absence(
    *, by: Actor, specialist: Specialist, since: date, until: date, reason: str = ""
) -> Absence:
    """Days without work, both ends included. Absences do not overlap."""
    if until < since:
        raise RuleBroken("The end lies before the beginning.", field="until")
    specialist = locked(specialist)
    if other := specialist.absences.filter(since__lte=until, until__gte=since).first():
        raise RuleBroken(
            "From {since} to {until} is noted already.", field="since", since=other.since, until=other.until
        )  # fmt: skip
    absence = Absence.objects.create(specialist=specialist, since=since, until=until, reason=reason)
    _record(by, "roster.absence_added", specialist, {"since": since, "until": until})
    return absence


@transaction.atomic
def remove_absence(*, by: Actor, absence: Absence) -> None:
    """They are there after all."""
    specialist, days = absence.specialist, {"since": absence.since, "until": absence.until}
    absence.delete()
    _record(by, "roster.absence_removed", specialist, days)


@transaction.atomic
def rate_specialist(
    *, by: Actor, specialist: Specialist, score: int, on: date, subject: str = "", comment: str = ""
) -> Rating:
    """How somebody did in one piece of work, 1 to 5; rating the same work again replaces the first."""
    if not 1 <= score <= 5:
        raise RuleBroken("A rating goes from 1 to 5.", field="score")
    specialist = locked(specialist)
    given = {"rated_on": on, "score": score, "comment": comment, "rated_by_name": by.user_name}
    same = specialist.ratings.filter(subject=subject).first() if subject else None
    rating = same or Rating(specialist=specialist, subject=subject)
    for name, value in given.items():
        setattr(rating, name, value)
    rating.save()
    _record(by, "roster.specialist_rated", specialist, {"score": score, "subject": subject})
    return rating


def _record(by: Actor, action: str, specialist: Specialist, changes: Mapping[str, object]) -> None:
    record(by=by, action=action, object_type="specialist", object_id=specialist.pk, changes=changes)
