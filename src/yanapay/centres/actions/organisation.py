"""Institutions, their centres, and teams."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre, Institution, Team
from yanapay.kernel.errors import RuleBroken
from yanapay.places.models import Area


@transaction.atomic
def create_institution(
    *, by: Actor, name: str, acronym: str = "", country: str = "PE"
) -> Institution:
    """Enter a body that runs centres."""
    institution = Institution(name=name.strip(), acronym=acronym.strip(), country=country)
    _save(institution)
    changes = {"name": [None, institution.name]}
    _record(by, "institution.created", institution, changes)
    return institution


@transaction.atomic
def change_institution(
    *, by: Actor, institution: Institution, name: str, acronym: str, country: str
) -> Institution:
    """Rename it, or correct its country."""
    asked = {"name": name.strip(), "acronym": acronym.strip(), "country": country}
    if changes := _set(institution, asked):
        _record(by, "institution.changed", institution, changes)
    return institution


@transaction.atomic
def create_centre(
    *,
    by: Actor,
    institution: Institution,
    code: str,
    name: str,
    area: Area | None = None,
    time_zone: str = "America/Lima",
    currency: str = "PEN",
    is_fictitious: bool = False,
) -> Centre:
    """Open a centre; its audit chain starts with its first event."""
    centre = Centre(
        institution=institution, code=code, name=name.strip(), area=area,
        time_zone=time_zone, currency=currency, is_fictitious=is_fictitious,
    )  # fmt: skip
    _save(centre)
    changes = {"code": [None, code], "name": [None, centre.name]}
    _record(by, "centre.created", centre, changes)
    return centre


@transaction.atomic
def change_centre(
    *,
    by: Actor,
    centre: Centre,
    name: str,
    area: Area | None,
    time_zone: str,
    currency: str,
    is_active: bool,
) -> Centre:
    """Rename, move or close a centre. Its code stays: files and addresses use it."""
    asked = {
        "name": name.strip(), "area": area, "time_zone": time_zone,
        "currency": currency, "is_active": is_active,
    }  # fmt: skip
    if changes := _set(centre, asked):
        _record(by, "centre.changed", centre, changes)
    return centre


@transaction.atomic
def move_centre(*, by: Actor, centre: Centre, institution: Institution) -> Centre:
    """Another institution runs the centre from now on; its people and data stay with it."""
    if changes := _set(centre, {"institution": institution}):
        _record(by, "centre.moved", centre, changes)
    return centre


@transaction.atomic
def create_team(*, by: Actor, centre: Centre, name: str) -> Team:
    """Name a group of people in a centre."""
    team = Team(centre=centre, name=name.strip())
    _save(team)
    _record(by, "team.created", team, {"name": [None, team.name], "centre": centre.code})
    return team


def _save(row: models.Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        blamed = "" if field == NON_FIELD_ERRORS else field
        raise RuleBroken("{problem}", field=blamed, problem=messages[0]) from error
    row.save()


def _set(row: models.Model, asked: dict[str, Any]) -> dict[str, list[Any]]:
    """Set what differs and save; ``{field: [before, after]}``."""
    differing = {f: (getattr(row, f), new) for f, new in asked.items() if getattr(row, f) != new}
    for field, (_, new) in differing.items():
        setattr(row, field, new)
    if differing:
        _save(row)
    return {field: [_word(old), _word(new)] for field, (old, new) in differing.items()}


def _word(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value


def _record(by: Actor, action: str, row: models.Model, changes: dict[str, Any]) -> None:
    kind = action.partition(".")[0]
    record(by=by, action=action, object_type=kind, object_id=row.pk, changes=changes)
