"""Forms in the browser: what the page is given, what it may send, and in whose name."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.centres import Cast, make_member
from tests.factories.surveys import XFORM, answer, make_form, send
from tests.web.conftest import Browse

from yanapay.accounts.models import User
from yanapay.surveys.choices import FormState
from yanapay.surveys.models import Submission

pytestmark = pytest.mark.django_db
SENT = "/fill/feria/submission"


@pytest.fixture
def mapper(cast: Cast) -> User:
    return make_member("marta", "mapper", cast.huancayo, "Marta Soto")


def post(
    client: Client, owner: User, xml: bytes, files: dict[str, bytes] | None = None, **fields: str
) -> Any:
    """As the page sends: the answer under its known name, files under their own."""
    parts: dict[str, Any] = {
        name: SimpleUploadedFile(name, body) for name, body in (files or {}).items()
    }
    parts["xml_submission_file"] = SimpleUploadedFile("submission.xml", xml, "text/xml")
    return client.post(SENT, parts | fields, headers={"X-Yanapay-User": str(owner.pk)})


def test_a_mapper_comes_home_to_the_forms_and_sees_nothing_else(
    browse: Browse, mapper: User
) -> None:
    client = browse(mapper)
    make_form()
    assert client.get("/")["Location"] == "/fill/"
    page = client.get("/fill/").content.decode()
    assert 'href="/fill/feria/"' in page
    assert 'role="search"' not in page
    assert page.count('aria-current="page"') >= 1
    assert client.get("/directory/").status_code == 403


def test_whoever_may_not_submit_has_no_such_page(browse: Browse, cast: Cast) -> None:
    reader = make_member("lucia", "readonly", cast.huancayo)
    make_form()
    assert browse(reader).get("/fill/").status_code == 403
    assert browse(reader).get("/fill/feria/").status_code == 403
    assert browse(reader).get("/fill/feria/form.xml").status_code == 404


def test_the_form_page_may_do_what_the_form_needs_and_ask_no_other_host(
    browse: Browse, mapper: User
) -> None:
    make_form()
    policy = browse(mapper).get("/fill/feria/")["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert (
        browse(mapper).get("/fill/")["Content-Security-Policy"] == settings.CONTENT_SECURITY_POLICY
    )


@pytest.mark.parametrize("state", [FormState.DRAFT, FormState.CLOSED])
def test_a_form_that_is_not_open_is_not_shown(browse: Browse, mapper: User, state: str) -> None:
    make_form(state=state)
    for path in ("", "form.xml", "media/a.csv"):
        assert browse(mapper).get(f"/fill/feria/{path}").status_code == 404


def test_a_form_of_another_centre_is_not_shown(browse: Browse, mapper: User, cast: Cast) -> None:
    make_form(centre=cast.ayacucho)
    assert browse(mapper).get("/fill/feria/").status_code == 404
    assert "/fill/feria/" not in browse(mapper).get("/fill/").content.decode()


def test_the_form_and_its_files_come_as_they_were_stored(browse: Browse, mapper: User) -> None:
    make_form(media={"lugares é.csv": b"name,label\n1,Uno\n"})
    client = browse(mapper)
    assert client.get("/fill/feria/form.xml").content == XFORM
    assert client.get("/fill/feria/media/lugares%20%C3%A9.csv").content == b"name,label\n1,Uno\n"
    assert client.get("/fill/feria/media/other.csv").status_code == 404
    kept = client.get("/fill/feria/").context["keep"]
    assert [client.get(url).status_code for url in kept] == [200] * 4


def test_the_page_without_script_says_so_and_offers_paper(browse: Browse, mapper: User) -> None:
    make_form()
    page = browse(mapper).get("/fill/feria/").content.decode()
    assert "<noscript>" in page
    assert "JavaScript" in page
    assert 'href="/fill/feria/paper.pdf"' in page
    assert browse(mapper).get("/fill/feria/paper.pdf").content.startswith(b"%PDF")


def test_an_answer_arrives_once_however_often_it_is_sent(browse: Browse, mapper: User) -> None:
    make_form()
    client, xml = browse(mapper), answer(instance="uuid:1")
    assert [post(client, mapper, xml).status_code for _ in range(3)] == [201, 202, 202]
    assert Submission.objects.get().user == mapper
    assert "uuid:1" in client.get("/fill/").content.decode()


def test_files_may_follow_in_parts(browse: Browse, mapper: User) -> None:
    make_form()
    client, xml = browse(mapper), answer("<photo>ñ.jpg</photo><a>b.jpg</a>", instance="uuid:1")
    first = post(client, mapper, xml, {"ñ.jpg": b"1"}, **{"*isIncomplete*": "yes"})
    second = post(client, mapper, xml, {"b.jpg": b"2"})
    assert (first.status_code, second.status_code) == (201, 201)
    assert {file.name for file in Submission.objects.get().attachments.all()} == {"ñ.jpg", "b.jpg"}
    got = client.get("/fill/feria/answers/uuid:1/b.jpg")
    assert b"".join(got) == b"2"  # type: ignore[call-overload]
    assert "sandbox" in got["Content-Security-Policy"]


def test_an_answer_never_leaves_in_another_name(browse: Browse, mapper: User, cast: Cast) -> None:
    make_form()
    refused = post(browse(cast.ana), mapper, answer())
    assert refused.status_code == 409
    assert refused.json()["message"]
    assert not Submission.objects.exists()


def test_signed_out_is_said_and_nothing_is_lost(mapper: User) -> None:
    make_form()
    assert Client().get("/fill/session.json").json() == {"user": None, "csrf": ""}
    assert post(Client(), mapper, answer()).status_code == 401


def test_the_session_says_who_and_gives_a_token_that_works(mapper: User) -> None:
    make_form()
    client = Client(enforce_csrf_checks=True)
    client.force_login(mapper, backend="yanapay.web.accounts.sign_in.Backend")
    assert post(client, mapper, answer()).status_code == 403
    said = client.get("/fill/session.json").json()
    assert said["user"] == {"id": mapper.pk, "name": "Marta Soto"}
    parts = {"xml_submission_file": SimpleUploadedFile("submission.xml", answer())}
    headers = {"X-Yanapay-User": str(mapper.pk), "X-CSRFToken": said["csrf"]}
    assert client.post(SENT, parts, headers=headers).status_code == 201


def test_a_refusal_is_a_sentence(browse: Browse, mapper: User) -> None:
    version = make_form()
    client = browse(mapper)
    assert post(client, mapper, b"<not").status_code == 400
    version.instrument.state = FormState.CLOSED
    version.instrument.save()
    closed = post(client, mapper, answer())
    assert closed.status_code == 409
    assert closed.json()["message"]
    nothing = client.post(SENT, {}, headers={"X-Yanapay-User": str(mapper.pk)})
    assert nothing.status_code == 400


def test_a_file_that_is_too_large_is_refused_with_the_limit(
    browse: Browse, mapper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "OPENROSA_LIMIT", 2_000_000)
    make_form()
    xml = answer("<photo>p.jpg</photo>", instance="uuid:large")
    reply = post(browse(mapper), mapper, xml, {"p.jpg": bytes(2_100_000)})
    assert reply.status_code == 413
    assert "2 MB" in reply.json()["message"]
    assert not Submission.objects.exists()
    assert post(browse(mapper), mapper, xml, {"p.jpg": bytes(1_900_000)}).status_code == 201


def test_the_sender_chooses_among_own_centres_only(browse: Browse, cast: Cast) -> None:
    make_form()
    diego = browse(cast.diego)
    assert len(diego.get("/fill/feria/").context["centres"]) == 2
    assert browse(cast.ana).get("/fill/feria/").context["centres"] == []
    parts = {"xml_submission_file": SimpleUploadedFile("submission.xml", answer())}
    ana = {"X-Yanapay-User": str(cast.ana.pk)}
    foreign = f"{SENT}?centre={cast.ayacucho.pk}"
    assert browse(cast.ana).post(foreign, parts, headers=ana).status_code == 403
    parts = {"xml_submission_file": SimpleUploadedFile("submission.xml", answer())}
    sent = diego.post(foreign, parts, headers={"X-Yanapay-User": str(cast.diego.pk)})
    assert sent.status_code == 201
    assert Submission.objects.get().centre == cast.ayacucho


def test_own_answers_and_those_of_the_centre_are_corrected_by_whom_it_concerns(
    browse: Browse, mapper: User, cast: Cast
) -> None:
    make_form()
    send(mapper, answer(instance="uuid:1"))
    page, xml = "/fill/feria/edit/uuid:1/", "/fill/feria/answers/uuid:1.xml"
    for person, status in ((mapper, 200), (cast.beto, 200), (cast.ana, 403), (cast.carla, 404)):
        assert browse(person).get(page).status_code == status, person
        assert browse(person).get(xml).status_code == status, person


def test_a_superseded_answer_leads_to_the_last_correction(browse: Browse, mapper: User) -> None:
    make_form()
    send(mapper, answer(instance="uuid:1"))
    assert (
        post(browse(mapper), mapper, answer(instance="uuid:2", deprecated="uuid:1")).status_code
        == 201
    )
    moved = browse(mapper).get("/fill/feria/edit/uuid:1/")
    assert moved["Location"] == "/fill/feria/edit/uuid:2/"
