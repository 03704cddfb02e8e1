"""People, what they are in organisations, and organisations in networks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.centres.models import Centre
from yanapay.directory.models import (
    Affiliation,
    Organisation,
    Person,
    PersonAccount,
    PersonRoleRecord,
)
from yanapay.directory.rules.personal import PERSON as PERSONAL
from yanapay.directory.rules.values import phones_kept
from yanapay.kernel.changes import compare, require_version
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import words

EDITABLE = PERSONAL | {"is_fictitious"}
DOCUMENT = {"document_country", "document_type", "document_number"}


@transaction.atomic
def create_person(*, by: Actor, centre: Centre, fields: Mapping[str, Any]) -> Person:
    """A new person of a centre; ``fields`` are names of :data:`EDITABLE`, the name is needed."""
    fields = phones_kept(fields)
    person = Person(centre=centre)
    _assign(person, fields)
    _refuse_second(person)
    person.save()
    search.learn(words(person.search_text))
    given = {f: v for f, v in fields.items() if v not in (None, "")}
    _record(by, "directory.person_created", person, compare({}, given, PERSONAL).personal)
    return person


@transaction.atomic
def change_person(
    *,
    by: Actor,
    person: Person,
    fields: Mapping[str, Any],
    version: int | None = None,
    reason: str = "",
) -> Person:
    """Change some fields of a person; an outdated ``version`` raises EditConflict."""
    current = Person.objects.select_for_update().get(pk=person.pk)
    require_version(version, current.version)
    fields = phones_kept(fields)
    changes = compare({f: getattr(current, f) for f in fields}, fields, PERSONAL)
    if not changes:
        return current
    known_as = current.search_text
    _assign(current, {f: fields[f] for f in changes.fields})
    if DOCUMENT & set(changes.fields):
        _refuse_second(current)
    current.version += 1
    current.save()
    search.learn_change(known_as, current.search_text)
    _record(by, "directory.person_changed", current, changes.personal, reason)
    return current


@transaction.atomic
def add_role(
    *, by: Actor, person: Person, organisation: Organisation, role: str, since: date | None = None
) -> PersonRoleRecord:
    """Say what a person is in an organisation; a role that still runs is not doubled."""
    found, created = PersonRoleRecord.objects.get_or_create(
        person=person, organisation=organisation, role=role, until=None, defaults={"since": since}
    )
    if created:
        record(by=by, action="directory.role_added", object_type="organisation", object_id=organisation.pk,
               changes={"person": person.pk, "role": role})  # fmt: skip
    return found


@transaction.atomic
def end_role(*, by: Actor, role: PersonRoleRecord, on: date) -> PersonRoleRecord:
    """A person stops being something in an organisation; the past stays."""
    if role.until:
        return role
    if role.since and on < role.since:
        raise RuleBroken("The end lies before the beginning.", field="until")
    role.until = on
    role.save(update_fields=["until"])
    record(by=by, action="directory.role_ended", object_type="organisation",
           object_id=role.organisation_id, changes={"person": role.person_id, "role": role.role})  # fmt: skip
    return role


@transaction.atomic
def link_account(*, by: Actor, person: Person, user: User) -> PersonAccount:
    """Let an entrepreneur sign in and see what is stored about themselves."""
    account, _ = PersonAccount.objects.update_or_create(person=person, defaults={"user": user})
    record(by=by, action="directory.account_linked", object_type="person", object_id=person.pk,
           changes={"user": user.pk})  # fmt: skip
    return account


@transaction.atomic
def affiliate(
    *, by: Actor, member: Organisation, network: Organisation, role: str = "member",
    since: date | None = None, evidence: str = "",
) -> Affiliation:  # fmt: skip
    """Put an organisation into a network, which is an organisation too."""
    if member.pk == network.pk:
        raise RuleBroken("An organisation cannot be a member of itself.", field="network")
    found, created = Affiliation.objects.get_or_create(
        member=member, network=network, until=None,
        defaults={"role": role, "since": since, "evidence": evidence},
    )  # fmt: skip
    if created:
        record(by=by, action="directory.affiliated", object_type="organisation", object_id=member.pk,
               changes={"network": network.pk, "role": role})  # fmt: skip
    return found


@transaction.atomic
def end_affiliation(*, by: Actor, affiliation: Affiliation, on: date) -> Affiliation:
    """An organisation leaves a network; the past stays."""
    if affiliation.until:
        return affiliation
    if affiliation.since and on < affiliation.since:
        raise RuleBroken("The end lies before the beginning.", field="until")
    affiliation.until = on
    affiliation.save(update_fields=["until"])
    record(by=by, action="directory.affiliation_ended", object_type="organisation",
           object_id=affiliation.member_id, changes={"network": affiliation.network_id})  # fmt: skip
    return affiliation


def _assign(person: Person, fields: Mapping[str, Any]) -> None:
    if unknown := fields.keys() - EDITABLE:
        raise RuleBroken("There is no field called {name}.", field=min(unknown), name=min(unknown))
    for field, value in fields.items():
        setattr(person, field, value)
    if not person.name.strip():
        raise RuleBroken("Write the name of the person.", field="name")
    person.keep_searchable()


def _refuse_second(person: Person) -> None:
    """One document number, one person in a centre."""
    if not person.document_number:
        return
    same = Person.objects.live().filter(
        centre=person.centre, document_country=person.document_country,
        document_type=person.document_type, document_number=person.document_number,
    )  # fmt: skip
    if other := same.exclude(pk=person.pk).first():
        raise RuleBroken(
            "«{name}» already has this document number.", field="document_number", name=other.name
        )


def _record(
    by: Actor, action: str, person: Person, personal: Mapping[str, Any], reason: str = ""
) -> None:
    told = {"reason": (None, reason)} if reason else {}
    record(by=by, action=action, object_type="person", object_id=person.pk,
           changes={"fields": sorted(personal)}, personal={**personal, **told},
           subject=f"person:{person.pk}")  # fmt: skip
