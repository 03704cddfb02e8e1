"""A visit at the counter: one form brings an organisation, its number and its owner, in one step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.actions.organisations import add_identifier, create_organisation
from yanapay.directory.actions.persons import add_role, create_person
from yanapay.directory.models import Organisation, Person
from yanapay.directory.rules.identifiers import TAX_ID


@transaction.atomic
def register_organisation(
    *, by: Actor, centre: Centre, fields: Mapping[str, Any], tax_id: str = "",
    owner: Mapping[str, Any] | None = None, owner_role: str = "owner",
) -> Organisation:  # fmt: skip
    """Create an organisation with its tax number and its owner; all of it or nothing."""
    organisation = create_organisation(by=by, centre=centre, fields=fields)
    if tax_id:
        country = organisation.country
        add_identifier(
            by=by, organisation=organisation, number=tax_id, country=country, type=TAX_ID[country]
        )
    if owner:
        add_member(by=by, organisation=organisation, fields=owner, role=owner_role)
    return organisation


@transaction.atomic
def add_member(
    *,
    by: Actor,
    organisation: Organisation,
    fields: Mapping[str, Any],
    role: str,
    since: date | None = None,
) -> Person:
    """Create a person of the organisation's centre together with the role."""
    person = create_person(by=by, centre=organisation.centre, fields=fields)
    add_role(by=by, person=person, organisation=organisation, role=role, since=since)
    return person
