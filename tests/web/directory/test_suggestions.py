"""While a name is typed its field offers what fits, and only what may be seen."""

import pytest
from django.test import Client
from tests.factories.directory import make_centre, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
ORGANISATIONS, PEOPLE = "/directory/suggest/organisations/", "/directory/suggest/people/"


@pytest.fixture
def promoter(client: Client) -> Client:
    client.force_login(make_user(), backend="yanapay.web.accounts.sign_in.Backend")
    return client


def test_organisations_are_offered_by_a_part_of_their_name(promoter: Client) -> None:
    make_organisation("Panadería El Trigal")
    make_organisation("Panadería Ajena", make_centre("lima"))
    page = promoter.get(ORGANISATIONS, {"field": "organisation", "organisation": "panader"})
    assert page.content.decode().count("<option") == 1
    assert 'value="Panadería El Trigal"' in page.content.decode()


def test_people_are_offered_with_their_document(promoter: Client) -> None:
    make_person("Rosa Ñaupari", document_type="dni", document_number="45678912")
    page = promoter.get(PEOPLE, {"field": "person", "person": "naupari"})
    assert '<option value="Rosa Ñaupari">45678912</option>' in page.content.decode()


def test_nothing_typed_offers_nothing(promoter: Client) -> None:
    assert "<option" not in promoter.get(PEOPLE, {"field": "person"}).content.decode()


def test_whoever_sees_no_people_is_refused(client: Client) -> None:
    client.force_login(make_user("readonly"), backend="yanapay.web.accounts.sign_in.Backend")
    assert client.get(PEOPLE, {"field": "person", "person": "rosa"}).status_code == 403
