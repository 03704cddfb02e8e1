"""Answers on pages: who sees which, what may be done with them, and how their files are served."""

import io
import json
import zipfile

import pytest
from django.test import Client
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast, make_member
from tests.factories.surveys import answer, make_device, make_form, send
from tests.web.conftest import Browse

from yanapay.accounts.models import User
from yanapay.audit.models import Event
from yanapay.surveys.actions.rows import announce_next, derive_next
from yanapay.surveys.models import Device, Submission

PHOTO = (
    "<name>Tejedoras</name><needs>credit</needs><photo>t.jpg</photo><worker><age>30</age></worker>"
)


@pytest.fixture
def kept(cast: Cast) -> Submission:
    make_form()
    send(cast.ana, answer(PHOTO, instance="uuid:a"), {"t.jpg": b"\xff\xd8JPEG"})
    derive_next(by=OPERATOR)
    announce_next(by=OPERATOR)
    return Submission.objects.get()


def mapper(cast: Cast) -> User:
    return make_member("mila", "mapper", cast.huancayo)


def test_the_list_shows_the_words_of_the_answers(
    cast: Cast, browse: Browse, kept: Submission
) -> None:
    page = browse(cast.beto).get("/answers/").content.decode()
    assert "Tejedoras" in page
    assert "Ana Quispe Rojas" in page


def test_another_centre_and_another_mapper_see_nothing(
    cast: Cast, browse: Browse, kept: Submission
) -> None:
    for user in (cast.carla, mapper(cast)):
        client = browse(user)
        assert "Tejedoras" not in client.get("/answers/").content.decode()
        for address in ("", "original.xml", f"files/{kept.attachments.get().pk}"):
            assert client.get(f"/answers/{kept.pk}/{address}").status_code == 404


def test_a_mapper_sees_the_own_answers_but_does_not_review(cast: Cast, browse: Browse) -> None:
    make_form()
    user = mapper(cast)
    send(user, answer(PHOTO))
    own = Submission.objects.get()
    client = browse(user)
    assert client.get(f"/answers/{own.pk}/").status_code == 200
    assert client.post(f"/answers/{own.pk}/review/", {"review": "approved"}).status_code == 403
    assert client.get("/forms/devices/").status_code == 403


def test_filters_cut_the_list_and_nonsense_cuts_nothing(
    cast: Cast, browse: Browse, kept: Submission
) -> None:
    client = browse(cast.beto)
    for query, shown in {
        "form=feria": True, "form=never": True, "review=approved": False, "user=Beto": True,
        "since=2020-01-01": True, "until=2020-01-01": False, "since=x": True, "version=9": False,
        "problem=on": False,
    }.items():  # fmt: skip
        assert ("Tejedoras" in client.get(f"/answers/?{query}").content.decode()) is shown, query


def test_the_answer_is_shown_in_the_words_of_its_form(
    cast: Cast, browse: Browse, kept: Submission
) -> None:
    page = browse(cast.beto).get(f"/answers/{kept.pk}/").content.decode()
    for words in ("Nombre de la organización", "Crédito", "Edad", "t.jpg", "uuid:a"):
        assert words in page


def test_files_are_safe_to_open(cast: Cast, browse: Browse, kept: Submission) -> None:
    file = kept.attachments.get()
    client = browse(cast.beto)
    shown = client.get(f"/answers/{kept.pk}/files/{file.pk}")
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == (
        "image/jpeg",
        b"\xff\xd8JPEG",
    )  # type: ignore[attr-defined]
    file.content_type = "text/html"
    file.save()
    download = client.get(f"/answers/{kept.pk}/files/{file.pk}")
    download.close()
    assert download["Content-Type"] == "application/octet-stream"
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff"


def test_the_original_is_the_bytes_that_came(cast: Cast, browse: Browse, kept: Submission) -> None:
    assert browse(cast.beto).get(f"/answers/{kept.pk}/original.xml").content == bytes(kept.xml)


def test_a_review_needs_a_note_when_something_is_wrong(
    cast: Cast, browse: Browse, kept: Submission
) -> None:
    client = browse(cast.beto)
    address = f"/answers/{kept.pk}/review/"
    assert client.post(address, {"review": "has_issues", "note": ""}).status_code == 200
    assert (
        client.post(address, {"review": "has_issues", "note": "Falta el distrito"}).status_code
        == 302
    )
    kept.refresh_from_db()
    assert (kept.review, kept.review_note, kept.reviewed_by_name) == (
        "has_issues", "Falta el distrito", "Beto Huamán",
    )  # fmt: skip
    assert "Falta el distrito" in client.get(f"/answers/{kept.pk}/").content.decode()
    assert Event.objects.filter(action="surveys.answer_reviewed").count() == 1


def test_several_are_reviewed_at_once_but_only_the_own_centre_s(
    cast: Cast, browse: Browse, kept: Submission
) -> None:
    send(cast.carla, answer())
    keys = [str(one.pk) for one in Submission.objects.all()]
    reply = browse(cast.beto).post(
        "/answers/review/", {"answer": keys, "review": "approved", "query": "form=feria"}
    )
    assert reply["Location"] == "/answers/?form=feria"
    assert set(Submission.objects.values_list("user_name", "review")) == {
        ("Ana Quispe Rojas", "approved"), ("Carla Ñahui", "received"),
    }  # fmt: skip


def test_an_answer_that_was_corrected_meanwhile_is_not_reviewed(
    cast: Cast, browse: Browse, kept: Submission
) -> None:
    send(cast.ana, answer("<name>Tejedoras</name><needs>training</needs>", deprecated="uuid:a"))
    derive_next(by=OPERATOR)
    client = browse(cast.beto)
    page = client.get(f"/answers/{Submission.objects.current().get().pk}/").content.decode()
    for words in ("Crédito", "Capacitación", "uuid:"):
        assert words in page
    reply = client.post(f"/answers/{kept.pk}/review/", {"review": "approved"})
    assert (reply.status_code, "data-focus" in reply.content.decode()) == (200, True)
    kept.refresh_from_db()
    assert kept.review == "received"


@pytest.mark.parametrize("kind", ["csv", "csv-labels", "csv-zip", "xlsx", "json", "zip"])
def test_exports_hold_what_the_filters_leave(
    cast: Cast, browse: Browse, kept: Submission, kind: str
) -> None:
    send(cast.carla, answer("<name>Otro centro</name>"))
    reply = browse(cast.beto).get(f"/answers/export/feria.{kind}?form=feria")
    content = b"".join(reply.streaming_content)  # type: ignore[attr-defined]
    assert b"Otro centro" not in content
    if kind == "json":
        assert json.loads(content)[0]["answers"] == {
            "name": "Tejedoras", "needs": ["credit"], "photo": "t.jpg", "worker": [{"age": "30"}],
        }  # fmt: skip
    if kind == "csv-zip":
        assert 'filename="feria-' in reply["Content-Disposition"]
        assert reply["Content-Disposition"].endswith('.csv.zip"')
        assert zipfile.ZipFile(io.BytesIO(content)).namelist()[0] == "feria.csv"
    if kind == "zip":
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    if kind == "csv-labels":
        assert reply["Content-Disposition"].endswith('.labels.csv"')
        assert "Crédito" in content.decode()
    if kind == "csv":
        assert b"Tejedoras" in content


def test_the_address_of_a_device_is_shown_once_and_works_until_taken_back(
    cast: Cast, browse: Browse
) -> None:
    make_form()
    client = browse(cast.beto)
    asked = {"label": "Moto", "user": cast.ana.pk, "centre": cast.huancayo.pk}
    page = client.post("/forms/devices/", asked).content.decode()
    path = page[page.index("/odk/t/yan_") :].split("<")[0]
    assert "<svg" in page
    assert "/odk/t/" not in client.get("/forms/devices/").content.decode()
    assert Client().get(f"{path}/formList").status_code == 200
    client.post(f"/forms/devices/{Device.objects.get().pk}/revoke/")
    assert Client().get(f"{path}/formList").status_code == 403


def test_devices_of_another_centre_cannot_be_taken_back(cast: Cast, browse: Browse) -> None:
    device, _ = make_device(cast.carla, cast.ayacucho)
    assert browse(cast.beto).post(f"/forms/devices/{device.pk}/revoke/").status_code == 404
    asked = {"label": "X", "user": cast.carla.pk, "centre": cast.ayacucho.pk}
    assert browse(cast.beto).post("/forms/devices/", asked).status_code == 422
    assert Device.objects.count() == 1


def test_an_answer_that_could_not_be_read_is_tried_again(
    cast: Cast, browse: Browse, kept: Submission
) -> None:
    Submission.objects.update(derivation="failed", problem="no such field")
    client = browse(cast.beto)
    assert "no such field" in client.get(f"/answers/{kept.pk}/").content.decode()
    client.post(f"/answers/{kept.pk}/again/")
    kept.refresh_from_db()
    assert (kept.derivation, kept.problem) == ("done", "")
    assert browse(cast.ana).post(f"/answers/{kept.pk}/again/").status_code == 403


def test_a_photo_that_did_not_come_is_named(cast: Cast, browse: Browse) -> None:
    make_form()
    send(cast.ana, answer(PHOTO))
    page = browse(cast.beto).get(f"/answers/{Submission.objects.get().pk}/").content.decode()
    assert "t.jpg" in page.split("flash-warning", 1)[1][:600]
