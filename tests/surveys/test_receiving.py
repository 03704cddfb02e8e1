"""An answer comes in once, whole, byte for byte, whatever the network does."""

import errno

import pytest
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast, make_cast, make_member
from tests.factories.surveys import answer, make_device, make_form, send

from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.actions.instruments import discard, set_state
from yanapay.surveys.models import Attachment, Instrument, Submission
from yanapay.surveys.queries.files import SHELF

PHOTO = "<name>Los Andes</name><photo>tienda.jpg</photo>"


@pytest.fixture
def cast(db: None) -> Cast:
    make_form()
    return make_cast()


def test_an_answer_is_kept_byte_for_byte(cast: Cast) -> None:
    xml = answer(PHOTO, instance="uuid:a")
    receipt = send(cast.ana, xml, {"tienda.jpg": b"JPEG"})
    kept = Submission.objects.get()
    assert receipt.status == 201
    assert (bytes(kept.xml), kept.instance_id, kept.root_id) == (xml, "uuid:a", "uuid:a")
    assert (kept.user, kept.centre, kept.expected) == (cast.ana, cast.huancayo, ["tienda.jpg"])
    file = kept.attachments.get()
    assert SHELF.place(file.sha256).read_bytes() == b"JPEG"


def test_a_duplicate_is_accepted_and_stored_once(cast: Cast) -> None:
    xml = answer(PHOTO)
    assert [send(cast.ana, xml, {"tienda.jpg": b"JPEG"}).status for _ in range(3)] == [
        201,
        202,
        202,
    ]
    assert (Submission.objects.count(), Attachment.objects.count()) == (1, 1)


def test_another_answer_under_the_same_id_is_a_conflict(cast: Cast) -> None:
    send(cast.ana, answer("<name>A</name>", instance="uuid:a"))
    assert send(cast.ana, answer("<name>B</name>", instance="uuid:a")).status == 409
    assert b"<name>A</name>" in bytes(Submission.objects.get().xml)


def test_a_split_upload_adds_its_files(cast: Cast) -> None:
    xml = answer("<photo>a.jpg</photo><place><photo>b.jpg</photo></place>")
    assert send(cast.ana, xml, {"a.jpg": b"A"}, incomplete=True).status == 201
    assert send(cast.ana, xml, {"b.jpg": b"B"}).status == 201
    assert send(cast.ana, xml, {"b.jpg": b"B"}).status == 202
    assert set(Attachment.objects.values_list("name", flat=True)) == {"a.jpg", "b.jpg"}


def test_a_file_does_not_change_after_it_came(cast: Cast) -> None:
    xml = answer(PHOTO)
    send(cast.ana, xml, {"tienda.jpg": b"JPEG"})
    assert send(cast.ana, xml, {"tienda.jpg": b"OTHER"}).status == 409


def test_files_that_the_answer_does_not_mention_are_left_out_but_the_audit_log(cast: Cast) -> None:
    send(cast.ana, answer(PHOTO), {"otra.jpg": b"X", "audit.csv": b"event", "tienda.jpg": b"JPEG"})
    assert set(Attachment.objects.values_list("name", flat=True)) == {"tienda.jpg", "audit.csv"}


def test_a_correction_takes_the_place_of_the_answer_and_inherits_its_photo(cast: Cast) -> None:
    send(cast.ana, answer(PHOTO, instance="uuid:a"), {"tienda.jpg": b"JPEG"})
    receipt = send(cast.ana, answer(PHOTO, instance="uuid:b", deprecated="uuid:a"))
    first, second = Submission.objects.order_by("pk")
    assert receipt.status == 201
    assert (first.is_current, second.is_current, second.root_id) == (False, True, "uuid:a")
    assert second.attachments.get().name == "tienda.jpg"


def test_corrections_of_what_is_unknown_or_was_corrected_already_are_refused(cast: Cast) -> None:
    assert send(cast.ana, answer(deprecated="uuid:never")).status == 404
    send(cast.ana, answer(instance="uuid:a"))
    send(cast.ana, answer(instance="uuid:b", deprecated="uuid:a"))
    assert send(cast.ana, answer(instance="uuid:c", deprecated="uuid:a")).status == 409
    assert send(cast.ana, answer(instance="uuid:d", deprecated="uuid:b")).status == 201


def test_nobody_corrects_the_answer_of_somebody_else(cast: Cast) -> None:
    make_member("mara", "mapper", cast.huancayo)
    mapper = make_member("mila", "mapper", cast.huancayo)
    send(cast.ana, answer(instance="uuid:a"))
    assert send(mapper, answer(instance="uuid:b", deprecated="uuid:a")).status == 403
    assert send(cast.beto, answer(instance="uuid:c", deprecated="uuid:a")).status == 201


def test_states_of_the_form(cast: Cast) -> None:
    early = answer(instance="uuid:early")
    send(cast.ana, early)
    make_form("cerrado", state="closed")
    make_form("cierra", state="closing")
    make_form("borrador", state="draft")
    assert send(cast.ana, answer(form="cerrado")).status == 409
    assert send(cast.ana, answer(form="cierra")).status == 201
    assert send(cast.ana, answer(form="borrador")).status == 404
    assert send(cast.ana, answer(form="nunca")).status == 404


def test_what_arrived_before_the_form_closed_is_still_acknowledged(cast: Cast) -> None:
    xml = answer()
    send(cast.ana, xml)
    version = Submission.objects.get().version
    version.instrument.state = "closed"
    version.instrument.save()
    assert send(cast.ana, xml).status == 202


def test_a_form_that_went_away_takes_its_answers_when_it_is_back(cast: Cast) -> None:
    """Between download and upload the office put back a backup that does not know the form."""
    version, xml = make_form("taller"), answer(PHOTO, form="taller")
    Instrument.objects.filter(pk=version.instrument.pk).update(state="draft", current=None)
    version.delete()
    version.instrument.delete()
    refused = send(cast.ana, xml, {"tienda.jpg": b"JPEG"})
    assert (refused.status, "«taller»" in str(refused.message)) == (404, True)
    assert "Keep the answer" in str(refused.message)
    assert not Submission.objects.exists()
    make_form("taller")
    assert send(cast.ana, xml, {"tienda.jpg": b"JPEG"}).status == 201
    assert bytes(Submission.objects.get().xml) == xml


def test_an_answer_to_a_closed_form_comes_in_once_the_office_lets_it(cast: Cast) -> None:
    version, xml = make_form("taller", state="closed"), answer(form="taller")
    refused = send(cast.ana, xml)
    assert (refused.status, "tell your office" in str(refused.message)) == (409, True)
    set_state(by=OPERATOR, instrument=version.instrument, state="closing")
    assert send(cast.ana, xml).status == 201
    assert bytes(Submission.objects.get().xml) == xml


def test_what_was_published_cannot_be_deleted_so_that_answers_find_their_form(cast: Cast) -> None:
    version = make_form("taller")
    with pytest.raises(RuleBroken, match="it stays"):
        discard(by=OPERATOR, version=version)
    assert send(cast.ana, answer(form="taller")).status == 201


def test_an_answer_without_its_photo_is_kept_and_the_photo_may_come_later(cast: Cast) -> None:
    xml = answer(PHOTO)
    assert send(cast.ana, xml).status == 201
    kept = Submission.objects.get()
    assert (kept.expected, kept.attachments.count()) == (["tienda.jpg"], 0)
    assert send(cast.ana, xml, {"tienda.jpg": b"JPEG"}).status == 201
    assert kept.attachments.get().name == "tienda.jpg"


def test_old_versions_are_taken_and_unknown_ones_are_not(cast: Cast) -> None:
    make_form(number="2")
    assert send(cast.ana, answer(number="1")).status == 201
    assert send(cast.ana, answer(number="3")).status == 404


@pytest.mark.parametrize(
    "xml",
    [
        b"", b"no xml", b"<data", answer()[:-10],
        b'<data id="feria" version="1"><meta/></data>',
        b'<data id="feria" version="1"><meta><instanceID> </instanceID></meta></data>',
        answer(instance="uuid:" + "x" * 250),
        answer().replace(b"<data ", b'<data encrypted="yes" '),
        b'<!DOCTYPE data [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + answer()[21:],
        b'<!DOCTYPE data SYSTEM "http://127.0.0.1/x.dtd">' + answer()[21:],
        b'<!DOCTYPE data [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + answer()[21:],
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_with_a_sentence(cast: Cast, xml: bytes) -> None:
    receipt = send(cast.ana, xml)
    assert receipt.status == 400
    assert str(receipt.message)
    assert not Submission.objects.exists()


def test_deep_and_wide_xml_is_read_without_harm(cast: Cast) -> None:
    deep = "<g>" * 100_000 + "</g>" * 100_000
    assert send(cast.ana, answer(deep)).status == 201


def test_names_of_files_lose_folders_and_are_composed(cast: Cast) -> None:
    body = "<photo>n\N{LATIN SMALL LETTER A WITH ACUTE}.jpg</photo>"
    send(cast.ana, answer(body), {"DCIM/na\N{COMBINING ACUTE ACCENT}.jpg": b"A"})
    assert Attachment.objects.get().name == "n\N{LATIN SMALL LETTER A WITH ACUTE}.jpg"


def test_a_full_disk_leaves_nothing_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("yanapay.base.shelf.os.fsync", full)
    receipt = send(cast.ana, answer(PHOTO), {"tienda.jpg": b"NEVER KEPT"})
    assert receipt.status == 507
    assert not Submission.objects.exists()
    assert not list(SHELF.folder.glob("coming-*"))


def test_users_without_the_right_are_refused(cast: Cast) -> None:
    entrepreneur = make_member("elena", "entrepreneur", cast.huancayo)
    assert send(entrepreneur, answer()).status == 403


def test_a_device_sends_its_own_form_to_its_own_centre(cast: Cast) -> None:
    other = make_form("otro")
    device, _ = make_device(cast.diego, cast.ayacucho, other.instrument)
    assert send(cast.diego, answer(), device=device).status == 403
    assert send(cast.diego, answer(form="otro"), device=device).status == 201
    assert Submission.objects.get().centre == cast.ayacucho


def test_the_shelf_keeps_the_same_bytes_once(cast: Cast) -> None:
    send(cast.ana, answer(PHOTO), {"tienda.jpg": b"SAME"})
    send(cast.ana, answer(PHOTO), {"tienda.jpg": b"SAME"})
    sha256 = Attachment.objects.values_list("sha256", flat=True).distinct().get()
    assert SHELF.place(sha256).exists()
