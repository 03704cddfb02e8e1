"""Entries of the roster: who they are, whether they can be asked."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.actions.persons import create_person
from yanapay.directory.models import Organisation, Person
from yanapay.kernel.changes import compare, require_version
from yanapay.kernel.errors import RuleBroken
from yanapay.roster.choices import SpecialistKind
from yanapay.roster.models import Specialist
from yanapay.roster.queries.specialists import locked

EDITABLE = frozenset({
    "profession", "languages", "day_rate", "currency", "most_cases", "conflicts", "user",
})  # fmt: skip
UNTOLD = frozenset(
    {"conflicts"}
)  # may name people: the trail says that it changed, not what it says


@transaction.atomic
def add_specialist(
    *, by: Actor, centre: Centre, kind: str, fields: Mapping[str, Any], person: Person | None = None,
    new_person: Mapping[str, Any] | None = None, organisation: Organisation | None = None,
) -> Specialist:  # fmt: skip
    """A new entry: for a known person, for somebody new (``new_person``: fields of a person), or a firm.

    ``fields`` are names of :data:`EDITABLE`. Refused when nobody is named or the person is listed already.
    """
    if person is None and new_person:
        person = create_person(by=by, centre=centre, fields=new_person)
    _somebody(centre, kind, person, organisation)
    specialist = Specialist(centre=centre, kind=kind, person=person, organisation=organisation,
                            is_fictitious=centre.is_fictitious)  # fmt: skip
    _assign(specialist, fields)
    specialist.save(force_insert=True)
    _record(by, "roster.specialist_added", specialist, {"kind": kind})
    return specialist


@transaction.atomic
def change_specialist(
    *, by: Actor, specialist: Specialist, fields: Mapping[str, Any], version: int | None = None
) -> Specialist:
    """Change an entry; ``version`` is the one the editor saw, another raises EditConflict."""
    current = locked(specialist)
    require_version(version, current.version)
    changes = compare({name: getattr(current, name) for name in fields}, fields, UNTOLD)
    if not changes:
        return current
    _assign(current, fields)
    _save(current)
    told = {**changes.public, **dict.fromkeys(changes.personal, "changed")}
    _record(by, "roster.specialist_changed", current, told)
    return current


@transaction.atomic
def deactivate_specialist(*, by: Actor, specialist: Specialist, reason: str) -> Specialist:
    """Nobody asks them any more; what they did stays.

    Pages and programs call :func:`yanapay.assistance.actions.team.retire_specialist`, which sees to
    the cases first.
    """
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    current = locked(specialist)
    if not current.is_active:
        return current
    current.is_active, current.inactive_reason = False, reason
    _save(current)
    _record(by, "roster.specialist_deactivated", current, {}, reason)
    return current


@transaction.atomic
def reactivate_specialist(*, by: Actor, specialist: Specialist) -> Specialist:
    """They can be asked again."""
    current = locked(specialist)
    if current.is_active:
        return current
    current.is_active, current.inactive_reason = True, ""
    _save(current)
    _record(by, "roster.specialist_reactivated", current, {})
    return current


def _somebody(
    centre: Centre, kind: str, person: Person | None, organisation: Organisation | None
) -> None:
    if person is None and organisation is None:
        raise RuleBroken("Name the person or the firm.", field="name")
    if organisation is not None and person is None and kind != SpecialistKind.SUPPLIER:
        raise RuleBroken(
            "A firm can be listed as a supplier; a specialist or trainer is a person.", field="kind"
        )
    same = Specialist.objects.filter(centre=centre, kind=kind, person=person)
    if person is None:
        same = same.filter(organisation=organisation)
    if same.exists():
        raise RuleBroken(
            "{name} is in this roster already.", field="name", name=person or organisation
        )


def _assign(specialist: Specialist, fields: Mapping[str, Any]) -> None:
    for name in EDITABLE.intersection(fields):
        setattr(specialist, name, fields[name])
    if specialist.day_rate is not None and not specialist.currency:
        raise RuleBroken("Say in which currency the rate is.", field="currency")
    if specialist.day_rate is not None and specialist.day_rate < 0:
        raise RuleBroken("A rate is not negative.", field="day_rate")
    if not 1 <= specialist.most_cases <= 50:
        raise RuleBroken("Between 1 and 50 cases at once.", field="most_cases")


def _save(specialist: Specialist) -> None:
    specialist.version += 1
    specialist.save()


def _record(
    by: Actor, action: str, specialist: Specialist, changes: Mapping[str, Any], reason: str = ""
) -> None:
    record(by=by, action=action, object_type="specialist", object_id=specialist.pk, changes=changes,
           reason=reason)  # fmt: skip
