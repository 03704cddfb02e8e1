"""A form from the spreadsheet to the telephone: draft, published, open, closing, closed, open again."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast, make_cast
from tests.factories.surveys_workbooks import CONSENT, sheets, small_form, small_sheets, workbook

from yanapay.audit.models import Event
from yanapay.centres.queries import scope_of
from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.access import can_manage_instrument
from yanapay.surveys.actions.instruments import (
    add_media,
    discard,
    publish,
    set_mapping,
    set_state,
    upload,
)
from yanapay.surveys.actions.shipped import load_shipped
from yanapay.surveys.models import Instrument, Version
from yanapay.surveys.rules.shipped import Shipped, build, shipped
from yanapay.surveys.rules.xlsform import UnusableForm
from yanapay.surveys.rules.xlsform.child import answer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _without_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """ODK Validate takes seconds, the child one; tests of their own ask them."""
    monkeypatch.setattr("yanapay.surveys.rules.xlsform.validation.shutil.which", lambda _: None)
    monkeypatch.setattr("yanapay.surveys.rules.xlsform.examining.ask_child", answer)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def send(cast: Cast, content: bytes, **more: object) -> Version:
    given = {
        "by": OPERATOR,
        "centre": cast.huancayo,
        "name": "feria.xlsx",
        "content": content,
        **more,
    }
    return upload(**given)  # type: ignore[arg-type]


def states(form_id: str) -> list[str]:
    return [
        event.changes["state"][1]
        for event in Event.objects.filter(action="surveys.form_state_changed").order_by("pk")
        if event.object_id == str(Instrument.objects.get(form_id=form_id).pk)
    ]


def test_a_form_is_uploaded_published_and_closed_step_by_step(cast: Cast) -> None:
    version = send(cast, small_form())
    instrument = version.instrument
    assert (instrument.state, instrument.current, version.published_at) == ("draft", None, None)
    assert instrument.title == {"es": "Feria"}
    with pytest.raises(RuleBroken, match="cannot become"):
        set_state(by=OPERATOR, instrument=instrument, state="closing")
    with pytest.raises(RuleBroken, match="Publish a version"):
        set_state(by=OPERATOR, instrument=instrument, state="open")
    publish(by=OPERATOR, version=version)
    for state in ("closing", "closed", "closing", "closed", "open"):
        assert set_state(by=OPERATOR, instrument=instrument, state=state).state == state
    assert states("feria") == ["closing", "closed", "closing", "closed", "open"]
    with pytest.raises(RuleBroken, match="cannot become"):
        set_state(by=OPERATOR, instrument=instrument, state="draft")


def test_the_same_bytes_twice_are_the_same_version(cast: Cast) -> None:
    first = publish(by=OPERATOR, version=send(cast, small_form()))
    assert send(cast, small_form()).pk == first.pk
    assert Version.objects.count() == 1


def test_the_same_form_saved_again_is_the_same_version(cast: Cast) -> None:
    version = send(cast, small_form())
    again = sheets(note=(("x",),), **small_sheets())
    assert again != small_form()
    assert send(cast, again) == version


def test_the_same_number_with_other_content_is_refused_and_nothing_changes(cast: Cast) -> None:
    version = send(cast, small_form())
    with pytest.raises(RuleBroken, match="exists with other content"):
        send(cast, workbook(CONSENT))
    version.refresh_from_db()
    assert bytes(version.workbook) == small_form()


def test_a_new_version_waits_until_it_is_published(cast: Cast) -> None:
    first = publish(by=OPERATOR, version=send(cast, small_form()))
    second = send(cast, small_form(version="2"))
    assert Instrument.objects.get(form_id="feria").current == first
    publish(by=OPERATOR, version=second)
    assert Instrument.objects.get(form_id="feria").current == second
    assert Event.objects.filter(action="surveys.form_published").count() == 2


def test_a_draft_is_discarded_and_its_number_is_free_again(cast: Cast) -> None:
    published = publish(by=OPERATOR, version=send(cast, small_form()))
    draft = send(cast, small_form(version="2"))
    assert discard(by=OPERATOR, version=draft) == published.instrument
    assert list(Version.objects.all()) == [published]
    assert discard(by=OPERATOR, version=draft) == published.instrument, "twice is once"
    event = Event.objects.get(action="surveys.form_discarded")
    assert event.changes == {"version": ["2", None]}
    assert send(cast, small_form(version="2")).number == "2"


def test_the_form_goes_with_its_only_draft(cast: Cast) -> None:
    assert discard(by=OPERATOR, version=send(cast, small_form())) is None
    assert not Instrument.objects.exists()


def test_what_was_published_is_never_discarded(cast: Cast) -> None:
    first = publish(by=OPERATOR, version=send(cast, small_form()))
    publish(by=OPERATOR, version=send(cast, small_form(version="2")))
    with pytest.raises(RuleBroken, match="was published"):
        discard(by=OPERATOR, version=first)


def test_the_form_id_of_another_centre_is_refused_even_with_the_same_bytes(cast: Cast) -> None:
    send(cast, small_form())
    for content in (small_form(), small_form(version="2")):
        with pytest.raises(RuleBroken, match="in use by another form"):
            send(cast, content, centre=cast.ayacucho)


def test_an_unusable_form_is_refused_with_its_findings_and_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(UnusableForm, match="Sheet survey, row 3, column relevant") as refused:
        send(cast, workbook(CONSENT, ("text", "a", "A", "A", "${nobody} = 1")))
    assert [one.code for one in refused.value.findings] == ["unknown_reference"]
    assert not Instrument.objects.exists()


def test_files_that_the_form_names_are_needed_before_publishing_and_are_inherited(
    cast: Cast,
) -> None:
    asks = ("select_one_from_file places.csv", "place", "Lugar", "Place")
    version = send(cast, workbook(CONSENT, asks))
    with pytest.raises(RuleBroken, match=r"places\.csv"):
        publish(by=OPERATOR, version=version)
    add_media(by=OPERATOR, version=version, files={"places.csv": b"name,label\n01,Amazonas\n"})
    publish(by=OPERATOR, version=version)
    with pytest.raises(RuleBroken, match="keeps its files"):
        add_media(by=OPERATOR, version=version, files={"places.csv": b""})
    second = send(cast, workbook(CONSENT, asks, version="2"))
    assert list(second.media.values_list("name", flat=True)) == ["places.csv"]
    assert second.choices["places.csv"][0]["code"] == "01"


def test_a_file_with_a_folder_in_its_name_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="cannot be the name"):
        send(cast, small_form(), media={"../places.csv": b""})


def test_two_questions_cannot_fill_the_same_field(cast: Cast) -> None:
    instrument = send(cast, small_form()).instrument
    with pytest.raises(RuleBroken, match="same field"):
        set_mapping(by=OPERATOR, instrument=instrument, mapping={"name": "name", "woman": "name"})
    assert set_mapping(
        by=OPERATOR, instrument=instrument, mapping={"name": "name", "woman": ""}
    ).mapping == {"name": "name"}


def test_who_manages_which_form(cast: Cast) -> None:
    own = send(cast, small_form()).instrument
    everybodys = send(cast, small_form("comun"), centre=None).instrument
    people = (cast.ana, cast.beto, cast.carla, cast.diego)
    ana, beto, carla, diego = (scope_of(user, TODAY) for user in people)
    managed = [can_manage_instrument(scope, own) for scope in (ana, beto, carla, diego)]
    assert managed == [False, True, False, True]
    assert [can_manage_instrument(scope, everybodys) for scope in (beto, diego)] == [False, True]


def test_an_open_form_has_a_version(cast: Cast) -> None:
    send(cast, small_form())
    with pytest.raises(Exception, match="surveys_instrument_open_has_version"), connection.cursor():
        Instrument.objects.update(state="open")


def test_shipped_forms_come_once_and_a_centre_cannot_take_their_name(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_shipped(by=OPERATOR) == 6
    monkeypatch.setattr(
        "yanapay.surveys.actions.shipped.examine_all", lambda _: pytest.fail("examined again")
    )
    assert load_shipped(by=OPERATOR) == 0
    ess = Instrument.objects.get(form_id="ess")
    assert (ess.state, ess.centre, ess.is_shipped) == ("open", None, True)
    assert ess.mapping["ident_01"] == "name"
    waiting = Instrument.objects.filter(is_shipped=True, state="draft", current__isnull=False)
    assert waiting.count() == 5
    assert ess.current is not None
    assert ess.current.media.count() == 3
    with pytest.raises(RuleBroken, match="in use by another form"):
        send(cast, small_form("ess", "9"))


def test_a_form_made_from_a_shipped_one_takes_over_its_lists_mapping_and_purpose(
    cast: Cast,
) -> None:
    load_shipped(by=OPERATOR)
    ess = shipped()[0]
    content, _ = build(replace(ess, data={**ess.data, "form_id": "nuestra"}))
    version = publish(by=OPERATOR, version=send(cast, content))
    own = version.instrument
    assert (own.purpose, own.mapping, version.media.count()) == ("mapping", ess.mapping, 3)


def test_a_newer_release_brings_a_newer_version_and_keeps_the_office_s_choices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_shipped(by=OPERATOR)
    ess = set_state(by=OPERATOR, instrument=Instrument.objects.get(form_id="ess"), state="closed")
    set_mapping(by=OPERATOR, instrument=ess, mapping={"ident_01": "name"})
    newer = _newer()
    monkeypatch.setattr("yanapay.surveys.actions.shipped.shipped", lambda: [newer])
    assert load_shipped(by=OPERATOR) == 1
    ess.refresh_from_db()
    assert ess.current is not None
    assert (ess.current.number, ess.state, ess.mapping) == (
        newer.number,
        "closed",
        {"ident_01": "name"},
    )


def _newer() -> Shipped:
    form = shipped()[0]
    return replace(form, number="2099010101", data={**form.data, "version": "2099010101"})
