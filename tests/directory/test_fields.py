"""A field that people edit is one everywhere: whoever adds one reads here what still lacks it."""

from yanapay.api.directory.organisations import OrganisationFields, OrganisationOut
from yanapay.api.directory.persons import PersonFields, PersonOut
from yanapay.directory.actions import organisations, persons
from yanapay.directory.queries.merging import FIELDS, PERSON_FIELDS
from yanapay.directory.queries.privacy import ENTERPRISE
from yanapay.web.directory.forms.organisations import SECTIONS, OrganisationForm

OF_THE_DEMO = {"is_fictitious"}
WITH_THE_NUMBER = {"country"}  # asked beside the tax number, only of a new one


def test_a_merge_offers_every_field_to_choose_from() -> None:
    assert {name for group in FIELDS for name in group} == organisations.EDITABLE - OF_THE_DEMO
    assert {name for group in PERSON_FIELDS for name in group} == persons.EDITABLE - OF_THE_DEMO


def test_the_form_has_every_field_and_shows_it() -> None:
    asked = organisations.EDITABLE - OF_THE_DEMO - WITH_THE_NUMBER
    assert set(OrganisationForm.Meta.fields) == asked
    assert {name for names in SECTIONS.values() for name in names} == asked


def test_programs_read_and_write_every_field() -> None:
    written = organisations.EDITABLE - OF_THE_DEMO - {"responsible"}
    assert OrganisationFields.model_fields.keys() == written
    assert OrganisationOut.model_fields.keys() >= organisations.EDITABLE
    assert PersonFields.model_fields.keys() == persons.EDITABLE - OF_THE_DEMO
    assert PersonOut.model_fields.keys() >= persons.EDITABLE - OF_THE_DEMO


def test_people_are_told_every_field_of_their_own_enterprise() -> None:
    told_otherwise = {"area", "responsible"}
    assert organisations.EDITABLE - OF_THE_DEMO - told_otherwise <= set(ENTERPRISE)
