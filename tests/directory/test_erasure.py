"""Zoraida asks that all of it be erased: nothing of her stays, in the tables or in the pages they left."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import CharField, Model, TextField
from tests.factories.directory import BY, PASSWORD, TODAY, make_organisation, make_person

from yanapay.accounts.actions import create_user
from yanapay.audit.queries import verify
from yanapay.centres.queries import OPERATOR
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.actions.merging import merge_organisations
from yanapay.directory.actions.notes import add_file, write_note
from yanapay.directory.actions.organisations import add_identifier
from yanapay.directory.actions.persons import add_role, change_person, link_account
from yanapay.directory.actions.privacy import ask_for_correction, erase_person
from yanapay.directory.models import Organisation, Person
from yanapay.directory.queries.search import find
from yanapay.directory.rules.personal import ORGANISATION, PERSON

TOLD = ("Zoraida", "zoraida", "Quispetupac", "quispetupac", "44556677", "987654321", "zq@correo.pe",
        "10445566778")  # fmt: skip
RUC = "10445566778"


def enterprise_of_zoraida() -> tuple[Person, Organisation]:
    person = make_person(
        "Zoraida Quispetupac", document_type="dni", document_number="44556677", phone="987654321"
    )
    change_person(by=BY, person=person, fields={"email": "zq@correo.pe"}, reason="lo dijo Zoraida")
    organisation = make_organisation("Bodega Flor", private_phone="987654321")
    add_identifier(by=BY, organisation=organisation, number=RUC)
    add_role(by=BY, person=person, organisation=organisation, role="owner")
    write_note(by=BY, about=person, text="Zoraida pidió crédito")
    add_file(by=BY, about=person, name="zoraida.txt", content_type="text/plain",
             content=ContentFile(b"Zoraida Quispetupac", "zoraida.txt"))  # fmt: skip
    give_consent(
        by=BY, about=person, purpose="service", text_version="1", given_on=TODAY, channel="paper"
    )
    ask_for_correction(by=BY, person=person, text="Mi número es 987654321", asks_erasure=True)
    user = create_user(by=BY, username="zoraida", password=PASSWORD, full_name="Zoraida Quispetupac",
                       must_change_password=False, is_entrepreneur=True)  # fmt: skip
    link_account(by=BY, person=person, user=user)
    return person, organisation


@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_erased_person_stays_in_the_database_files() -> None:
    person, organisation = enterprise_of_zoraida()
    assert find(OPERATOR, "zoraida").persons == [person]

    erase_person(by=BY, person=person, reason="lo pidió")

    assert find(OPERATOR, "zoraida").persons == []
    assert find(OPERATOR, RUC).organisations == []
    organisation.refresh_from_db()
    assert (organisation.name, organisation.private_phone) == ("Bodega Flor", "")
    assert verify() == []
    assert traces() == []


@pytest.mark.django_db(transaction=True)
def test_a_record_merged_away_keeps_no_contact_either() -> None:
    person, organisation = enterprise_of_zoraida()
    twin = make_organisation("Bodega Flor", private_phone="987654321")
    merge_organisations(by=BY, keep=organisation, drop=twin, on=TODAY)

    erase_person(by=BY, person=person, reason="lo pidió")

    assert verify() == []
    assert traces() == []


@pytest.mark.parametrize(("model", "personal"), [(Person, PERSON), (Organisation, ORGANISATION)])
def test_every_personal_field_can_be_empty(model: type[Model], personal: frozenset[str]) -> None:
    columns = [model._meta.get_field(name) for name in personal]
    assert [
        one for one in columns if not (one.null or isinstance(one, CharField | TextField))
    ] == []


def traces() -> list[str]:
    """The values that the pages of an SQLite database still hold, freed pages included."""
    if connection.vendor != "sqlite":
        return []
    connection.ensure_connection()
    pages: bytes = connection.connection.serialize()
    assert b"Bodega Flor" in pages
    return [value for value in TOLD if value.encode() in pages]
