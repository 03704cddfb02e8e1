"""Somebody comes in: who they are, their enterprise and what they asked, in one step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.assistance.actions.consultations import register_consultation
from yanapay.assistance.models import Consultation
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.actions.persons import add_role, create_person
from yanapay.directory.actions.register import register_organisation
from yanapay.directory.choices import Channel, ConsentPurpose
from yanapay.directory.models import Consent, Organisation, Person
from yanapay.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Visitor:
    """Who came: records that are known, or the fields of new ones; nothing at all is anonymous."""

    person: Person | None = None
    new_person: Mapping[str, Any] = field(default_factory=dict)
    organisation: Organisation | None = None
    new_organisation: Mapping[str, Any] = field(default_factory=dict)
    tax_id: str = ""
    role: str = "owner"


@dataclass(frozen=True)
class Agreed:
    """The consent to the service, given at the counter: in which words and how."""

    text_version: str
    channel: str = Channel.SPOKEN


@transaction.atomic
def register_walk_in(
    *, by: Actor, centre: Centre, visitor: Visitor, asked_at: datetime, on: date,
    fields: Mapping[str, Any], answered_by: User | None = None, agreed: Agreed | None = None, wish: str = "",
) -> Consultation:  # fmt: skip
    """Create or pick person and organisation, link them, note the consent and the question: all or nothing."""
    organisation = visitor.organisation
    if organisation is None and visitor.new_organisation:
        organisation = register_organisation(
            by=by, centre=centre, fields=visitor.new_organisation, tax_id=visitor.tax_id
        )
    person = visitor.person
    if person is None and visitor.new_person:
        person = create_person(by=by, centre=centre, fields=visitor.new_person)
    if person and organisation and organisation.centre_id == centre.pk:
        add_role(by=by, person=person, organisation=organisation, role=visitor.role)
    if agreed:
        _note_consent(by, person or organisation, on, agreed)
    about = {**fields, "person": person, "organisation": organisation}
    if organisation and organisation.area_id:
        about.setdefault("area", organisation.area)
    return register_consultation(
        by=by, centre=centre, asked_at=asked_at, fields=about, answered_by=answered_by, wish=wish
    )


def _note_consent(by: Actor, about: Person | Organisation | None, on: date, agreed: Agreed) -> None:
    """Once is enough: a consent in force is not noted again."""
    if about is None:
        raise RuleBroken("Say who gives the consent: a person or an enterprise.", field="consent")
    in_force = Consent.objects.in_force().filter(purpose=ConsentPurpose.SERVICE)
    held = (
        in_force.filter(person=about)
        if isinstance(about, Person)
        else in_force.filter(organisation=about)
    )
    if not held.exists():
        give_consent(by=by, about=about, purpose=ConsentPurpose.SERVICE, given_on=on,
                     text_version=agreed.text_version, channel=agreed.channel)  # fmt: skip
