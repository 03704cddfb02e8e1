"""Entries in the office, and the pages for the people of an organisation."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override
from tests.factories.centres import make_member
from tests.factories.directory import BY, make_centre, make_organisation, make_person, make_user
from tests.factories.mapping import agree, make_entry, make_external

from yanapay.accounts.models import User
from yanapay.directory.actions.persons import add_role, link_account
from yanapay.mapping.actions.claims import issue_claim
from yanapay.mapping.actions.confirmations import ask_due
from yanapay.mapping.models import Confirmation, Entry, Proposal
from yanapay.mapping.queries.confirmations import code_of

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]


@pytest.fixture
def reviewer(browse: Browse) -> Client:
    return browse(make_user("coordinator"))


def test_the_office_chooses_what_is_shown(reviewer: Client) -> None:
    firm = make_organisation(name="Warmi", phone="964000000", email="a@b.pe")
    page = f"/entries/of/{firm.pk}/"
    assert reviewer.post(page, {"show": ["phone"], "description": "Tejidos"}).status_code == 422
    agree(firm)
    reviewer.post(page, {"show": ["phone"], "description": "Tejidos"})
    entry = Entry.objects.get()
    assert entry.shown == {"phone": "964000000", "description": "Tejidos"}
    assert "Tejidos" in reviewer.get(page).content.decode()
    reviewer.post(page, {"show": [], "description": ""})
    entry.refresh_from_db()
    assert entry.shown == {}
    shown = reviewer.get(f"/entries/{entry.pk}/").content.decode()
    assert "964 000 000" in shown  # what the second version took away


def test_taken_down_and_shown_again(reviewer: Client) -> None:
    entry = make_entry()
    reviewer.post(f"/entries/{entry.pk}/hide/", {"reason": "lo pidió"})
    assert "lo pidió" in reviewer.get(f"/entries/{entry.pk}/").content.decode()
    assert entry.name in reviewer.get("/entries/?state=unpublished").content.decode()
    reviewer.post(f"/entries/{entry.pk}/show/")
    entry.refresh_from_db()
    assert entry.state == "published"


def test_what_a_button_may_not_do_is_said_and_nothing_happens(reviewer: Client) -> None:
    entry = make_entry()
    answer = reviewer.post(f"/entries/{entry.pk}/hide/", {"reason": " "}, follow=True)
    with override("es"):
        assert gettext("Say why it is no longer shown.") in answer.content.decode()
    entry.refresh_from_db()
    assert entry.state == "published"


def test_the_record_leads_to_its_entry(reviewer: Client) -> None:
    entry = make_external()
    page = reviewer.get(f"/directory/{entry.organisation_id}/").content.decode()
    assert f"/entries/{entry.pk}/" in page


def test_a_letter_opens_the_page_to_its_people(reviewer: Client, client: Client) -> None:
    entry = make_external()
    letter = reviewer.post(f"/entries/{entry.pk}/letter/").content.decode()
    code = letter.split('class="letter-code">')[1].split("<")[0]
    assert client.post("/claim/", {"code": "ABCD-EFGH-JKMN"}).status_code == 422
    answer = client.post("/claim/", {"code": code})
    page = answer["Location"]
    assert "Casa Betania" in client.get(page).content.decode()
    data = {"name": "Casa Betania", "phone": "064 200 100", "consent_public": "on"}
    assert client.post(page, data).status_code == 200
    proposal = Proposal.objects.get()
    assert (proposal.proposed, proposal.consents, proposal.source) == (
        {"phone": "064200100"}, ["public"], "owner",
    )  # fmt: skip
    assert client.get(page[:-2] + "x/").status_code == 404


def test_a_wrong_value_keeps_what_was_typed(client: Client) -> None:
    entry = make_entry()
    _, code = issue_claim(by=BY, entry=entry, on=timezone.localdate())
    page = client.post("/claim/", {"code": code})["Location"]
    answer = client.post(page, {"name": "Nombre nuevo", "email": "mal"})
    assert answer.status_code == 422
    assert "Nombre nuevo" in answer.content.decode()


def _question() -> str:
    ask_due(by=BY, on=timezone.localdate())
    return code_of(Confirmation.objects.get())


def test_is_this_still_right(reviewer: Client, client: Client) -> None:
    entry = make_entry(on=timezone.localdate() - timedelta(days=400), phone="064200100")
    code = _question()
    assert f"/confirm/{code}/" in reviewer.get("/entries/confirmations/").content.decode()
    page = client.get(f"/confirm/{code}/").content.decode()
    assert "064 200 100" in page
    assert client.post(f"/confirm/{code}/", {"answer": "maybe"}).status_code == 422
    client.post(f"/confirm/{code}/", {"answer": "right"})
    entry.refresh_from_db()
    assert entry.confirmed_on == timezone.localdate()
    assert client.get("/confirm/ABCDEFGHJKMN/").status_code == 404
    assert client.get(f"/confirm/{code}/changed/").status_code == 404


def test_something_changed(reviewer: Client, client: Client) -> None:
    make_entry(on=timezone.localdate() - timedelta(days=400))
    code = _question()
    answer = client.post(f"/confirm/{code}/", {"answer": "changed"})
    assert answer["Location"] == f"/confirm/{code}/changed/"
    client.post(answer["Location"], {"name": "Lácteos del Valle", "phone": "964555777"})
    assert Proposal.objects.get().source == "confirmation"
    assert "Lácteos" in reviewer.get("/").content.decode()


def test_an_entrepreneur_corrects_the_page_of_their_own_enterprise(browse: Browse) -> None:
    entry, other = (
        make_entry(make_organisation(name="Mío")),
        make_entry(make_organisation(name="Ajeno")),
    )
    user, person = make_member("rosa", "entrepreneur", make_centre(), "Rosa Quispe"), make_person()
    link_account(by=BY, person=person, user=user)
    add_role(by=BY, person=person, organisation=entry.organisation, role="owner")
    client = browse(user)
    assert f"/entries/{entry.pk}/own/" in client.get("/mine/").content.decode()
    client.post(f"/entries/{entry.pk}/own/", {"name": "Mío", "phone": "964555777"})
    assert Proposal.objects.get().organisation == entry.organisation
    assert client.get(f"/entries/{other.pk}/own/").status_code == 404
    assert client.get(f"/entries/{entry.pk}/").status_code in (403, 404)


def test_what_a_source_published_is_listed_without_asking(reviewer: Client) -> None:
    firm = make_organisation(name="Feria de Ica", phone="964000000")
    make_organisation(name="Ajena", centre=make_centre("puno"))
    make_entry(make_organisation(name="Ya publicada"))
    page = reviewer.get("/entries/external/").content.decode()
    assert "Feria de Ica" in page
    assert "Ajena" not in page
    assert "Ya publicada" not in page
    assert reviewer.post("/entries/external/", {"source": "Guía 2019"}).status_code == 422
    reviewer.post(f"/entries/external/?organisation={firm.pk}",
                  {"source": "Guía 2019", "source_date": "2019-05-01"})  # fmt: skip
    entry = Entry.objects.get(organisation=firm)
    assert (entry.state, entry.source, entry.shown) == ("external", "Guía 2019", {})
