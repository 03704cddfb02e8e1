"""The documents of a case: each renders for a bare and for a full case, is issued once, then corrected."""

import io
from datetime import date

import pytest
from django.utils import translation
from pypdf import PdfReader
from tests.factories.assistance_documents import LONG, full_case, minimal_case
from tests.factories.directory import BY, make_centre, make_scope, make_user

from yanapay.assistance.access import can_issue_document, can_open_document
from yanapay.assistance.exchange.documents import Printable, draft_of, find, issue, printables
from yanapay.assistance.models import Assignment, Case, Plan
from yanapay.centres.queries import scope_of
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.quality.queries.documents import pdf_of, preview

ON = date(2026, 8, 1)


def printed(case: Case, one: Printable, language: str = "es") -> tuple[int, str]:
    """How many pages, and what stands on them."""
    sheet = preview(draft_of(case, one, on=ON, language=language), is_form=one.kind.is_form)
    pages = PdfReader(io.BytesIO(sheet.pdf)).pages
    assert len(pages) == sheet.pages
    return sheet.pages, " ".join(" ".join(page.extract_text() for page in pages).split())


def one_of(case: Case, key: str) -> Printable:
    return next(one for one in printables(case) if one.kind.key == key)


def test_a_bare_case_prints_what_it_has(db: None) -> None:
    case = minimal_case()
    found = {one.kind.key: printed(case, one) for one in printables(case)}
    assert set(found) == {"field_sheet", "service_record"}
    assert "Pan S" in found["service_record"][1]


def test_every_document_of_a_full_case(db: None) -> None:
    case = full_case(name="Panadería «Ñusta» & Cía. #panic()")
    keys = set()
    for one in printables(case):
        pages, text = printed(case, one)
        keys.add(one.kind.key)
        assert 1 <= pages <= 6, one.kind.key
        for words in (case.number, "Panadería «Ñusta» & Cía. #panic()", one.kind.code):
            assert words in text, (one.kind.key, words)
    assert keys == {
        "field_sheet", "diagnosis", "proposal", "contract", "action_plan", "visit_form", "visit",
        "report", "evaluation", "service_record",
    }  # fmt: skip


def test_money_and_dates_are_those_of_the_reader(db: None) -> None:
    case = full_case()
    _, text = printed(case, one_of(case, "proposal"))
    for words in ("S/ 6,000.00", "S/ 4,938.00", "30.0 %", "05/03/2026"):
        assert words in text.replace("\N{NO-BREAK SPACE}", " ")
    with translation.override("es"):
        assert "Effect" in printed(case, one_of(case, "diagnosis"), "en")[1]


def test_long_tables_go_on_with_their_head_and_sum(db: None) -> None:
    case = full_case(size=30, name=LONG)
    pages, text = printed(case, one_of(case, "proposal"))
    assert pages > 2
    assert text.count("Visitas del maestro hornero") == 30
    assert "S/ 37,035.00" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_issued_once_then_corrected(db: None) -> None:
    case = full_case()
    diagnosis = one_of(case, "diagnosis")
    first = issue(by=BY, case=case, printable=diagnosis, on=ON, language="es")
    assert first.number == "DIA-2026-0001"
    with pytest.raises(RuleBroken, match="addendum"):
        issue(by=BY, case=case, printable=diagnosis, on=ON, language="es")
    second = issue(by=BY, case=case, printable=diagnosis, on=ON, language="es", corrects=first,
                   reason="Faltaba una causa")  # fmt: skip
    assert second.number == "DIA-2026-0002"
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf_of(second))).pages)
    assert "Faltaba una causa" in text


def test_a_draft_plan_is_looked_at_but_not_issued(db: None) -> None:
    case = full_case()
    Plan.objects.filter(case=case).update(state="draft")
    with pytest.raises(RuleBroken, match="not complete"):
        issue(by=BY, case=case, printable=one_of(case, "proposal"), on=ON, language="es")
    with pytest.raises(NotFound):
        find(case, "contract", "contract:999")


def test_what_is_issued_stays_when_the_case_changes(db: None) -> None:
    case = full_case()
    plan = one_of(case, "action_plan")
    document = issue(by=BY, case=case, printable=plan, on=ON, language="es")
    before = pdf_of(document)
    case.tasks.all().delete()
    document.refresh_from_db()
    assert pdf_of(document) == before
    assert len(document.content["tasks"]["rows"]) == 4


def test_who_opens_what(db: None) -> None:
    case = full_case()
    contract = issue(by=BY, case=case, printable=one_of(case, "contract"), on=ON, language="es")
    report = issue(by=BY, case=case, printable=one_of(case, "report"), on=ON, language="es")
    specialist, other = make_user("specialist"), make_user("specialist")
    signed = Assignment.objects.get(case=case)
    signed.specialist.user = specialist
    signed.specialist.save()
    theirs = scope_of(specialist, ON)
    assert can_open_document(make_scope("promoter"), contract)
    assert can_open_document(theirs, contract)
    assert can_open_document(theirs, report)
    for stranger in (scope_of(other, ON), make_scope("coordinator", make_centre("ayacucho"))):
        assert not can_open_document(stranger, contract)
        assert not can_open_document(stranger, report)
    assert can_issue_document(theirs, case, by_specialist=True)
    assert not can_issue_document(theirs, case)
