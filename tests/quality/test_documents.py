"""Documents: numbered, printed, kept; what hostile text prints; what a full disk leaves behind."""

import hashlib
import io
import threading
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from pypdf import PdfReader
from tests.factories.directory import BY, make_centre

from yanapay.audit.models import Event
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.quality.actions.documents import issue_document
from yanapay.quality.actions.formats import load_formats
from yanapay.quality.models import Document, Format, FormatVersion, Series
from yanapay.quality.queries.documents import archived, is_intact, pdf_of, version_in_force
from yanapay.quality.rules.typesetting import source_of, typeset

DAY = date(2026, 3, 12)
HOSTILE = (
    '#panic("x") *bold* $x^2$ [a] #{sys.inputs} \\ "quoted" ñandú « » S/ 1,200 ☐ </svg> @ref <l>'
)


def content(said: str = "Se entregan los formatos.") -> dict[str, object]:
    return {
        "said": said, "facts": [["Fase", "Cogestión"]], "terms_title": "", "terms": "",
        "components_title": "Componentes", "signatures": [{"name": "Rosa", "role": "Recibe"}],
        "components": {"columns": [{"label": "Qué", "width": 1, "align": "left"}], "rows": [["Fichas"]],
                       "total": [], "empty": ""},
    }  # fmt: skip


def issue(on: date = DAY, said: str = "Se entregan los formatos.", **fields: object) -> Document:
    load_formats(by=BY)
    asked = {"subject_type": "service_transfer", "subject_id": 1, "title": "Acta", **fields}
    return issue_document(
        by=BY, centre=make_centre(), code="F-CEN-01", on=on, language="es", content=content(said), **asked
    )  # fmt: skip


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_document_is_numbered_printed_and_kept(db: None) -> None:
    first, second = issue(), issue()
    assert (first.number, second.number) == ("ACT-2026-0001", "ACT-2026-0002")
    pdf = pdf_of(first)
    assert hashlib.sha256(pdf).hexdigest() == first.sha256
    assert first.pages == len(PdfReader(io.BytesIO(pdf)).pages) == 1
    printed = text_of(pdf)
    for words in ("ACT-2026-0001", "F-CEN-01", "12/03/2026", "Instituto Wiñay", "Se entregan"):
        assert words in printed
    assert first.content["said"] == "Se entregan los formatos."


def test_every_year_begins_at_one(db: None) -> None:
    assert [issue(on=date(2025, 12, 31)).number, issue().number] == [
        "ACT-2025-0001",
        "ACT-2026-0001",
    ]


def test_what_people_write_is_printed_as_it_stands(db: None) -> None:
    printed = text_of(pdf_of(issue(said=HOSTILE)))
    for words in (
        '#panic("x")',
        "*bold*",
        "$x^2$",
        "#{sys.inputs}",
        "ñandú",
        "«",
        "S/ 1,200",
        "@ref",
    ):
        assert words in printed


def test_a_word_without_end_stays_on_the_paper(db: None) -> None:
    assert text_of(pdf_of(issue(said="w" * 900))).count("w") >= 900


def test_a_full_disk_gives_no_number(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    issue()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.files.storage.FileSystemStorage._save", full)
        with pytest.raises(RuleBroken, match="No number was given"):
            issue()
    assert Series.objects.get(code="ACT").last == 1
    assert issue().number == "ACT-2026-0002"


def test_what_fails_later_leaves_no_file(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    files = Path(settings.MEDIA_ROOT)
    before = set(files.rglob("*.pdf"))

    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("yanapay.quality.actions.documents.record", broken)
    with pytest.raises(RuntimeError):
        issue()
    assert set(files.rglob("*.pdf")) == before
    assert not Document.objects.exists()


def test_an_addendum_says_what_it_corrects_and_why(db: None) -> None:
    first = issue()
    with pytest.raises(RuleBroken, match="Say what was wrong"):
        issue(corrects=first)
    addendum = issue(corrects=first, reason="El día era otro")
    assert "ACT-2026-0001" in text_of(pdf_of(addendum))
    assert "El día era otro" in text_of(pdf_of(addendum))
    with pytest.raises(RuleBroken, match="same subject"):
        issue(corrects=first, reason="x", subject_id=2)
    assert list(first.addenda.all()) == [addendum]


def test_the_trail_names_number_and_digest_but_no_text(db: None) -> None:
    issue(title="Acta de Rosa Quispe")
    event = Event.objects.get(action="quality.document_issued")
    assert event.changes["number"] == "ACT-2026-0001"
    assert "Rosa" not in str(event.changes) + event.reason


def test_a_document_keeps_the_version_of_its_day(db: None) -> None:
    load_formats(by=BY)
    form = Format.objects.get(code="F-CEN-01")
    FormatVersion.objects.create(
        format=form, number=2, since=date(2027, 1, 1), template="assistance/transfer_act"
    )
    assert version_in_force("F-CEN-01", DAY).number == 1
    assert version_in_force("F-CEN-01", date(2027, 1, 1)).number == 2
    with pytest.raises(RuleBroken, match="No version"):
        version_in_force("F-CEN-01", date(1990, 1, 1))
    assert load_formats(by=BY) == []


def test_a_changed_or_lost_file_is_noticed(db: None) -> None:
    document = issue()
    assert is_intact(document)
    path = Path(document.stored.path)
    path.write_bytes(path.read_bytes() + b" ")
    assert not is_intact(document)
    path.unlink()
    with pytest.raises(NotFound, match="backup"):
        pdf_of(document)


def test_a_broken_or_missing_template_is_a_sentence() -> None:
    with pytest.raises(RuleBroken, match="has no template"):
        source_of("assistance/../../etc")
    with pytest.raises(RuleBroken, match="is broken"):
        typeset("assistance/transfer_act", {"head": {}, "content": {}})


def test_the_archive_is_found_by_format_year_and_words(db: None) -> None:
    issue(title="Acta de Ayacucho")
    everything = Document.objects.all()
    assert archived(everything, code="F-CEN-01", year=2026, text="ayacucho").count() == 1
    assert archived(everything, year=2025).count() == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_writers_leave_no_gap() -> None:
    """Four writers, of whom some fail: the numbers that stand are 1, 2, 3 … without a hole."""
    issue()

    def work(number: int) -> None:
        try:
            for turn in range(3):
                with transaction.atomic():
                    issue_document(
                        by=BY, centre=make_centre(), code="F-CEN-01", subject_type="t", subject_id=1,
                        title="Acta", content=content(), on=DAY, language="es",
                    )  # fmt: skip
                    if (number + turn) % 3 == 0:
                        transaction.set_rollback(True)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(Document.objects.values_list("number", flat=True))
    assert numbers == [f"ACT-2026-{n:04d}" for n in range(1, len(numbers) + 1)]
    assert Series.objects.get(code="ACT").last == len(numbers) == 9
