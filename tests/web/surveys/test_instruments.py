"""The pages of forms: from the workbook to the published version, and who may not."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import gettext, override
from openpyxl import load_workbook
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast, make_member
from tests.factories.surveys_workbooks import CONSENT, small_form, workbook
from tests.web.conftest import Browse

from yanapay.mapping.rules.fields import FIELDS
from yanapay.surveys.actions.instruments import publish, upload
from yanapay.surveys.actions.shipped import load_shipped
from yanapay.surveys.models import Instrument, Version
from yanapay.surveys.rules.days import HELD
from yanapay.surveys.rules.xlsform.child import answer
from yanapay.web.surveys.instruments.mapping import LABELS

NewForm = Callable[..., Version]


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the child process and without Java, which have tests of their own."""
    monkeypatch.setattr("yanapay.surveys.rules.xlsform.validation.shutil.which", lambda _: None)
    monkeypatch.setattr("yanapay.surveys.rules.xlsform.examining.ask_child", answer)


@pytest.fixture
def form(cast: Cast) -> Version:
    """A published form of Huancayo."""
    version = upload(by=OPERATOR, centre=cast.huancayo, name="feria.xlsx", content=small_form())
    return publish(by=OPERATOR, version=version)


def send(client: Client, content: bytes, at: str = "/forms/new/", **more: object) -> object:
    centre = client.get("/forms/new/").context["form"]["centre"].value()
    file = SimpleUploadedFile("feria.xlsx", content)
    return client.post(at, {"file": file, "centre": centre, "purpose": "other", **more})


def test_a_coordinator_uploads_looks_through_and_publishes(cast: Cast, browse: Browse) -> None:
    beto = browse(cast.beto)
    at = send(beto, small_form())
    page = beto.get(at["Location"]).content.decode()  # type: ignore[index]
    assert "¿Es mujer?" in page
    assert "Sí" in page
    version = Version.objects.get()
    beto.post(f"/forms/feria/versions/{version.pk}/publish/")
    beto.post("/forms/feria/state/", {"state": "closing"})
    assert Instrument.objects.get().state == "closing"
    beto.post("/forms/feria/state/", {"state": "sorcery"})
    assert Instrument.objects.get().state == "closing"
    assert "Feria" in beto.get("/forms/").content.decode()


def test_a_bad_workbook_shows_where_and_what_and_keeps_what_was_chosen(
    cast: Cast, browse: Browse
) -> None:
    beto = browse(cast.beto)
    refused = send(beto, workbook(CONSENT, ("text", "a", "A", "A", "foo()")), purpose="service")
    page = refused.content.decode()  # type: ignore[attr-defined]
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "foo()" in page
    assert "<code>relevant</code>" in page
    assert '<option value="service" selected>' in page
    assert not Instrument.objects.exists()


def test_files_are_added_before_publishing(cast: Cast, browse: Browse) -> None:
    beto = browse(cast.beto)
    asks = ("select_one_from_file places.csv", "place", "Lugar", "Place")
    send(beto, workbook(CONSENT, asks))
    version = Version.objects.get()
    at = f"/forms/feria/versions/{version.pk}/"
    assert "places.csv" in beto.get(at).content.decode()
    beto.post(f"{at}publish/")
    assert Instrument.objects.get().state == "draft"
    beto.post(
        f"{at}media/", {"attached": SimpleUploadedFile("places.csv", b"name,label\n01,Amazonas\n")}
    )
    beto.post(f"{at}publish/")
    assert Instrument.objects.get().state == "open"
    assert b"Amazonas" in beto.get(f"{at}media/places.csv").content
    assert beto.get(f"{at}media/other.csv").status_code == 404


def test_the_workbook_comes_back_byte_for_byte_and_the_paper_is_a_pdf(
    form: Version, cast: Cast, browse: Browse
) -> None:
    beto, at = browse(cast.beto), f"/forms/feria/versions/{form.pk}/"
    assert beto.get(f"{at}workbook/").content == small_form()
    for language in ("es", "en", "xx"):
        assert beto.get(f"{at}paper.pdf?language={language}").content.startswith(b"%PDF")


def test_questions_are_mapped_to_fields_and_only_to_known_ones(
    form: Version, cast: Cast, browse: Browse
) -> None:
    beto = browse(cast.beto)

    def save(**chosen: str) -> int:
        told = {"purpose": "other"} | {
            name.replace("_", "-"): field for name, field in chosen.items()
        }
        return beto.post("/forms/feria/mapping/", told).status_code

    assert save(question_1="name") == 302
    assert Instrument.objects.get().mapping == {"name": "name"}
    assert save(question_1="password") == 422
    assert save(question_0="name", question_1="name") == 422
    assert Instrument.objects.get().mapping == {"name": "name"}
    assert save(question_0="need_codes", question_1="need_codes") == 302


def test_a_form_that_fills_fields_but_is_for_nothing_says_so_until_it_is_told(
    form: Version, cast: Cast, browse: Browse
) -> None:
    beto, at = browse(cast.beto), "/forms/feria/mapping/"
    with override("es"):
        warning = gettext(
            "But nothing is proposed: the form is not for mapping."
            " Say what it is for in «Questions and fields»."
        )
    beto.post(at, {"question-1": "name", "purpose": "other"})
    assert warning in beto.get("/forms/feria/").content.decode()
    beto.post(at, {"question-1": "name", "purpose": "mapping"})
    assert Instrument.objects.get().purpose == "mapping"
    assert warning not in beto.get("/forms/feria/").content.decode()


def test_an_office_makes_its_own_interview_from_the_shipped_one(cast: Cast, browse: Browse) -> None:
    load_shipped(by=OPERATOR)
    beto, ess = browse(cast.beto), Instrument.objects.get(form_id="ess")
    book = load_workbook(BytesIO(ess.current.workbook))  # type: ignore[union-attr]
    head = [cell.value for cell in book["settings"][1]]
    book["settings"].cell(2, head.index("form_id") + 1).value = "nuestra"
    written = BytesIO()
    book.save(written)
    draft = send(beto, written.getvalue())["Location"]  # type: ignore[index]
    assert "disabled" not in beto.get(draft).content.decode()
    assert beto.post(f"{draft}publish/").status_code == 302
    own = Instrument.objects.get(form_id="nuestra")
    assert (own.state, own.current.media.count()) == ("open", 3)  # type: ignore[union-attr]
    assert (own.mapping, own.purpose) == (ess.mapping, "other")
    beto.post("/forms/nuestra/mapping/shipped/")
    own.refresh_from_db()
    assert (own.mapping, own.purpose) == (ess.mapping, "mapping")


def test_an_older_mapping_is_offered_the_lines_of_this_release(cast: Cast, browse: Browse) -> None:
    load_shipped(by=OPERATOR)
    ours = Instrument.objects.get(form_id="ess").mapping
    old = {q: f for q, f in ours.items() if q not in ("lugar_05", "point")} | {
        "ident_02": "website"
    }
    del old["contexto_07"]
    Instrument.objects.filter(form_id="ess").update(mapping=old)
    diego, at = browse(cast.diego), "/forms/ess/mapping/"
    assert "tiene 2 líneas que faltan en la suya" in diego.get(at).content.decode()
    assert browse(cast.beto).post(f"{at}shipped/").status_code == 403
    diego.post(f"{at}shipped/")
    taken = Instrument.objects.get(form_id="ess").mapping
    assert taken == old | {"lugar_05": "interviewed_on", "point": "point"}
    assert "en la suya" not in diego.get(at).content.decode()


def test_a_draft_is_discarded_after_a_question_and_a_published_version_is_not(
    form: Version, cast: Cast, browse: Browse
) -> None:
    beto = browse(cast.beto)
    at = send(beto, small_form(version="2"), "/forms/feria/new-version/")
    draft = f"{at['Location']}discard/"  # type: ignore[index]
    assert draft in beto.get(at["Location"]).content.decode()  # type: ignore[index]
    asked = beto.get(draft)
    assert "feria" in asked.content.decode()
    assert Version.objects.count() == 2, "asking does nothing"
    beto.post(draft)
    assert [one.number for one in Version.objects.all()] == ["1"]
    published = f"/forms/feria/versions/{form.pk}/"
    assert "discard" not in beto.get(published).content.decode()
    beto.post(f"{published}discard/")
    assert Version.objects.count() == 1


def test_every_field_has_a_name_for_people() -> None:
    assert set(LABELS) == {*FIELDS, HELD}


def test_who_sees_and_who_changes(form: Version, cast: Cast, browse: Browse) -> None:
    at = f"/forms/feria/versions/{form.pk}/"
    mapper = browse(make_member("marta", "mapper", cast.huancayo))
    reader = browse(make_member("lucia", "readonly", cast.huancayo))
    elsewhere = browse(make_member("elena", "coordinator", cast.ayacucho))
    for path in ("/forms/feria/", at, f"{at}workbook/", f"{at}paper.pdf"):
        assert elsewhere.get(path).status_code == 404
        assert mapper.get(path).status_code == 403
    for who, status in ((elsewhere, 404), (mapper, 403), (reader, 403)):
        assert who.post(f"{at}publish/").status_code == status
        assert who.post(f"{at}discard/").status_code == status
        assert who.post("/forms/feria/state/", {"state": "closed"}).status_code == status
        assert who.get("/forms/feria/mapping/").status_code == status
    assert Instrument.objects.get().state == "open"


def test_a_form_of_all_centres_is_seen_by_everybody_and_changed_by_the_administrator(
    cast: Cast, browse: Browse
) -> None:
    load_shipped(by=OPERATOR)
    beto, diego = browse(cast.beto), browse(cast.diego)
    page = beto.get("/forms/ess/").content.decode()
    assert "¿Qué clase de organización es?" in page
    assert beto.post("/forms/ess/state/", {"state": "closed"}).status_code == 403
    assert diego.post("/forms/ess/state/", {"state": "closed"}).status_code == 302
    assert Instrument.objects.get(form_id="ess").state == "closed"
    waiting = diego.post("/forms/linea_base/state/", {"state": "open"})
    assert waiting.status_code == 302
    assert Instrument.objects.get(form_id="linea_base").state == "open"
