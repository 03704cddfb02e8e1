"""What an entrepreneur sees of what is stored, and how staff answer."""

import json

from django.test import Client
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY, make_organisation, make_person
from tests.web.conftest import Browse

from yanapay.directory.actions.persons import add_role, link_account
from yanapay.directory.models import CorrectionRequest, Person


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def make_rosa(cast: Cast) -> Person:
    """Rosa owns an enterprise and signs in."""
    rosa = make_person("Rosa Quispe", centre=cast.huancayo, phone="964111222")
    mine = make_organisation("Lácteos Rosa", centre=cast.huancayo)
    add_role(by=BY, person=rosa, organisation=mine, role="owner")
    user = make_member("rosa", "entrepreneur", cast.huancayo, "Rosa Quispe")
    link_account(by=BY, person=rosa, user=user)
    return rosa


def test_she_sees_what_is_stored_takes_it_and_asks_for_a_correction(
    cast: Cast, browse: Browse
) -> None:
    rosa = make_rosa(cast)
    client = browse(rosa.account.user)
    assert client.get("/")["Location"] == "/mine/"
    page = text(client, "/mine/")
    assert "964 111 222" in page
    assert "Lácteos Rosa" in page
    assert "Rosa Quispe" in text(client, "/mine/print/")
    assert json.loads(client.get("/mine/data.json").content)["person"]["phone"] == "964111222"
    assert client.get("/directory/").status_code == 403
    assert client.post("/mine/correction/", {"text": " "}).status_code == 422
    client.post("/mine/correction/", {"text": "Mi teléfono es otro"})
    assert "Mi teléfono es otro" in text(client, "/mine/")


def test_staff_answers_and_she_reads_it(cast: Cast, browse: Browse) -> None:
    rosa = make_rosa(cast)
    client = browse(rosa.account.user)
    client.post("/mine/correction/", {"text": "Mi teléfono es otro"})
    asked = CorrectionRequest.objects.get()
    beto = browse(cast.beto)
    assert "Mi teléfono" in text(beto, "/privacy/")
    assert browse(cast.ana).get("/privacy/").status_code == 403
    refused = beto.post(f"/privacy/{asked.pk}/", {"answer": ""})
    assert refused.context["form"].errors["answer"]
    beto.post(f"/privacy/{asked.pk}/", {"accept": "1", "answer": "Corregido, gracias"})
    assert "Corregido, gracias" in text(client, "/mine/")


def test_erasure_shows_what_goes_and_leaves_no_name(cast: Cast, browse: Browse) -> None:
    rosa = make_rosa(cast)
    browse(rosa.account.user).post("/mine/erasure/", {"text": ""})
    beto = browse(cast.beto)
    erase = f"/privacy/people/{rosa.pk}/erase/"
    assert "Rosa Quispe" in text(beto, erase)
    assert beto.post(erase, {"reason": "Lo pidió"}).context["form"].errors["sure"]
    beto.post(erase, {"reason": "Lo pidió", "sure": "on"})
    rosa.refresh_from_db()
    assert rosa.name == "—"
    assert browse(cast.carla).get(erase).status_code == 404
