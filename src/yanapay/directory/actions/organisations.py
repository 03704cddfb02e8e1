"""Creating and changing organisations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.base.following import announce
from yanapay.centres.models import Centre
from yanapay.directory.choices import Status
from yanapay.directory.models import Identifier, Organisation, Tally
from yanapay.directory.rules.identifiers import valid_number
from yanapay.directory.rules.personal import ORGANISATION as PERSONAL, is_personal_tax_id, masked
from yanapay.directory.rules.points import check_point
from yanapay.directory.rules.values import phones_kept
from yanapay.kernel.changes import Changes, compare, require_version
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import words

EDITABLE = frozenset({
    "name", "trade_name", "acronym", "kind", "legal_form", "country", "area", "address", "latitude",
    "longitude", "precision", "phone", "email", "website", "private_phone", "private_email", "languages",
    "start_date", "start_year", "responsible", "is_fictitious",
})  # fmt: skip


@transaction.atomic
def create_organisation(*, by: Actor, centre: Centre, fields: Mapping[str, Any]) -> Organisation:
    """A new organisation of a centre. ``fields`` are names of :data:`EDITABLE`; name and kind are needed."""
    fields = phones_kept(fields)
    organisation = Organisation(centre=centre)
    _assign(organisation, fields)
    organisation.save()
    Tally.note(organisation, +1)
    search.learn(words(organisation.search_text))
    changes = compare({}, {f: v for f, v in fields.items() if v not in (None, "")}, PERSONAL)
    _record(by, "directory.organisation_created", organisation, changes)
    return organisation


@transaction.atomic
def change_organisation(
    *, by: Actor, organisation: Organisation, fields: Mapping[str, Any], version: int | None = None,
    reason: str = "",
) -> Organisation:  # fmt: skip
    """Change some fields. ``version`` is the one the editor saw; an older one raises EditConflict.

    Nothing is written and no event recorded when nothing differs.
    """
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require_version(version, current.version)
    fields = phones_kept(fields)
    changes = compare({f: getattr(current, f) for f in fields}, fields, PERSONAL)
    if not changes:
        return current
    known_as = current.search_text
    Tally.note(current, -1)
    _assign(current, {f: fields[f] for f in changes.fields})
    current.version += 1
    current.save()
    Tally.note(current, +1)
    search.learn_change(known_as, current.search_text)
    _record(by, "directory.organisation_changed", current, changes, reason)
    return current


@transaction.atomic
def set_status(
    *, by: Actor, organisation: Organisation, status: str, on: date, reason: str
) -> Organisation:
    """Pause, close or reopen, with the day and the reason. Merging has an action of its own."""
    if status == Status.MERGED:
        raise RuleBroken("Use the merge page to make two records one.", field="status")
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changes = compare({"status": current.status}, {"status": status})
    Tally.note(current, -1)
    current.status, current.status_on, current.status_reason = status, on, reason
    current.version += 1
    current.save()
    Tally.note(current, +1)
    _record(by, "directory.status_changed", current, changes, reason)
    announce("status_changed", by=by, organisation=current)
    return current


@transaction.atomic
def add_identifier(
    *,
    by: Actor,
    organisation: Organisation,
    number: str,
    type: str = "ruc",  # noqa: A002
    country: str = "PE",
) -> Identifier:
    """Add an official number after checking its digits; refuse one that another organisation holds."""
    number = valid_number(country, type, number)
    held = Identifier.objects.filter(country=country, type=type, number=number).select_related(
        "organisation"
    )
    if other := held.exclude(organisation=organisation).first():
        raise RuleBroken(
            "This number already belongs to «{name}».", field="tax_id", name=other.organisation.name
        )
    identifier, created = Identifier.objects.get_or_create(
        organisation=organisation, country=country, type=type, number=number,
        defaults={"is_personal": is_personal_tax_id(country, number)},
    )  # fmt: skip
    if created:
        _record_identifier(by, "directory.identifier_added", identifier)
        _touch(organisation)
    return identifier


@transaction.atomic
def remove_identifier(*, by: Actor, identifier: Identifier, reason: str) -> None:
    """Take back an official number that was wrong."""
    _record_identifier(by, "directory.identifier_removed", identifier, reason)
    _touch(identifier.organisation)
    identifier.delete()


@transaction.atomic
def hand_over_clients(*, by: Actor, from_user_id: int, to_user_id: int) -> int:
    """Make another person responsible for all clients of one; returns how many. One event for all."""
    found = Organisation.objects.filter(responsible_id=from_user_id)
    count = found.update(responsible_id=to_user_id)
    if count:
        record(by=by, action="directory.clients_handed_over", object_type="user", object_id=from_user_id,
               changes={"responsible": [from_user_id, to_user_id], "clients": count})  # fmt: skip
    return count


def _assign(organisation: Organisation, fields: Mapping[str, Any]) -> None:
    if unknown := fields.keys() - EDITABLE:
        raise RuleBroken("There is no field called {name}.", field=min(unknown), name=min(unknown))
    for field, value in fields.items():
        setattr(organisation, field, value)
    if not organisation.name.strip():
        raise RuleBroken("Write the name of the organisation.", field="name")
    check_point(organisation.latitude, organisation.longitude)
    organisation.keep_searchable()


def _touch(organisation: Organisation) -> None:
    organisation.version += 1
    organisation.save(update_fields=["version", "updated_at"])


def _record(
    by: Actor, action: str, organisation: Organisation, changes: Changes, reason: str = ""
) -> None:
    record(by=by, action=action, object_type="organisation", object_id=organisation.pk,
           changes=dict(changes.public), personal=changes.personal,
           subject=f"organisation:{organisation.pk}", reason=reason)  # fmt: skip


def _record_identifier(by: Actor, action: str, identifier: Identifier, reason: str = "") -> None:
    shown = masked(identifier.number) if identifier.is_personal else identifier.number
    pair = {"number": (None, identifier.number)} if identifier.is_personal else {}
    record(by=by, action=action, object_type="organisation", object_id=identifier.organisation_id,
           changes={"type": identifier.type, "number": shown}, personal=pair,
           subject=f"organisation:{identifier.organisation_id}", reason=reason)  # fmt: skip
