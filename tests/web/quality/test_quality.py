"""The quality record at the browser: issuing from the case, the archive, findings."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.assistance_documents import full_case
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY
from tests.web.conftest import Browse

from yanapay.assistance.exchange.documents import issue, printables
from yanapay.assistance.models import Case
from yanapay.directory.models import Person
from yanapay.quality.actions.findings import plan_correction
from yanapay.quality.models import Document, Nonconformity

PDF = "application/pdf"


@pytest.fixture
def case(cast: Cast) -> Case:
    return full_case()


def issued(case: Case, key: str = "diagnosis") -> Document:
    one = next(one for one in printables(case) if one.kind.key == key)
    return issue(by=BY, case=case, printable=one, on=date(2026, 8, 1), language="es")


def test_from_the_case_to_the_archive(cast: Cast, browse: Browse, case: Case) -> None:
    ana = browse(cast.ana)
    page = ana.get(reverse("assistance:case", args=[case.pk])).content.decode()
    address = reverse("assistance:document_issue", args=[case.pk, "diagnosis"])
    assert address in page
    look = ana.get(reverse("assistance:document_preview", args=[case.pk, "diagnosis"]))
    assert look["Content-Type"] == PDF
    assert not Document.objects.exists()
    assert ana.get(address).status_code == 200
    assert ana.post(address, {"on": "2026-08-01", "language": "es"}).status_code == 302
    document = Document.objects.get()
    archive = ana.get(reverse("quality:archive") + "?text=dia-2026")
    assert document.number in archive.content.decode()
    shown = ana.get(reverse("quality:document", args=[document.pk])).content.decode()
    assert document.sha256 in shown
    refused = ana.post(address, {"on": "2026-08-01", "language": "es"})
    assert refused.status_code == 422  # the form now asks what was wrong
    assert (
        ana.post(address, {"on": "2026-08-02", "language": "es", "reason": "Otro día"}).status_code
        == 302
    )
    assert Document.objects.count() == 2


def test_the_file_is_inline_private_and_loads_nothing(
    cast: Cast, browse: Browse, case: Case
) -> None:
    document = issued(case)
    answer = browse(cast.ana).get(reverse("quality:open", args=[document.pk]))
    assert answer["Content-Type"] == PDF
    assert answer["Content-Disposition"] == f'inline; filename="{document.number}.pdf"'
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.content.startswith(b"%PDF-")


def test_others_get_nothing(cast: Cast, browse: Browse, case: Case) -> None:
    document = issued(case)
    carla = browse(cast.carla)
    for address in (
        reverse("quality:open", args=[document.pk]),
        reverse("quality:document", args=[document.pk]),
        reverse("assistance:document_preview", args=[case.pk, "diagnosis"]),
        reverse("assistance:document_issue", args=[case.pk, "diagnosis"]),
    ):
        assert carla.get(address).status_code == 404
    assert document.number not in carla.get(reverse("quality:archive")).content.decode()


def test_the_entrepreneur_opens_those_of_the_own_enterprise(
    cast: Cast, browse: Browse, case: Case
) -> None:
    document, contract = issued(case), issued(case, "contract")
    user = make_member("rosa", "entrepreneur", cast.huancayo)
    rosa = browse(user)
    assert rosa.get(reverse("quality:open", args=[document.pk])).status_code == 404
    _lead(case, user)
    assert rosa.get(reverse("quality:open", args=[document.pk])).status_code == 200
    assert rosa.get(reverse("quality:open", args=[contract.pk])).status_code == 404
    own = rosa.get(reverse("assistance:own_documents")).content.decode()
    assert document.number in own
    assert contract.number not in own
    assert rosa.get(reverse("quality:archive")).status_code == 403


def _lead(case: Case, user: object) -> None:
    person = Person.objects.get(pk=case.contact_id)
    account = person._meta.get_field("account").related_model
    account.objects.create(person=person, user=user)
    person.roles.create(organisation=case.organisation, role="owner")


def test_a_broken_template_is_a_page_with_a_sentence(
    cast: Cast, browse: Browse, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yanapay.quality.queries.documents._head", lambda *_, **__: {})
    answer = browse(cast.ana).get(reverse("assistance:document_preview", args=[case.pk, "report"]))
    assert answer.status_code == 422
    assert "assistance/report" in answer.content.decode()


def test_a_finding_from_found_to_closed(cast: Cast, browse: Browse, case: Case) -> None:
    document, ana, beto = issued(case), browse(cast.ana), browse(cast.beto)
    wrong = {"kind": "minor", "found_on": "2026-08-02", "description": "Sin firma", "document": "DIA-1999-1",
             "centre": cast.huancayo.pk}  # fmt: skip
    answer = ana.post(reverse("quality:finding_new"), wrong)
    assert answer.status_code == 422
    assert "Sin firma" in answer.content.decode()
    ana.post(reverse("quality:finding_new"), {**wrong, "document": document.number})
    finding = Nonconformity.objects.get()
    assert finding.document == document
    plan = reverse("quality:finding_plan", args=[finding.pk])
    assert ana.get(plan).status_code == 403
    asked = {"cause": "Prisa", "correction": "Lista", "responsible": cast.ana.pk, "due_on": "2026-08-30",
             "version": finding.version}  # fmt: skip
    assert beto.post(plan, asked).status_code == 302
    assert ana.get(plan).status_code == 200  # she answers for it now
    close = reverse("quality:finding_close", args=[finding.pk])
    assert ana.get(close).status_code == 403
    finding.refresh_from_db()
    told = {"on": "2026-09-01", "verification": "Cinco con firma", "version": finding.version}
    assert beto.post(close, told).status_code == 302
    assert (
        "Cinco con firma" in ana.get(reverse("quality:finding", args=[finding.pk])).content.decode()
    )
    assert browse(cast.carla).get(reverse("quality:finding", args=[finding.pk])).status_code == 404


def test_the_second_editor_sees_what_the_first_wrote(
    cast: Cast, browse: Browse, case: Case
) -> None:
    beto = browse(cast.beto)
    found = {"kind": "minor", "found_on": "2026-08-02", "description": "Sin firma", "document": "",
             "centre": cast.huancayo.pk}  # fmt: skip
    beto.post(reverse("quality:finding_new"), found)
    finding = Nonconformity.objects.get()
    plan_correction(by=BY, finding=finding, cause="Su causa", correction="Su medida", responsible=cast.ana,
                    due_on=date(2026, 9, 1))  # fmt: skip
    mine = {"cause": "Mi causa", "correction": "Mi medida", "responsible": cast.beto.pk, "due_on": "2026-09-02",
            "version": finding.version}  # fmt: skip
    answer = beto.post(reverse("quality:finding_plan", args=[finding.pk]), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Su causa" in page
    assert "Mi causa" in page


@pytest.mark.parametrize("name", ["archive", "formats", "findings"])
def test_empty_pages_and_exports(cast: Cast, browse: Browse, name: str) -> None:
    ana = browse(cast.ana)
    assert ana.get(reverse(f"quality:{name}")).status_code == 200
    if name != "formats":
        sheet = ana.get(reverse(f"quality:{name}_export", args=["xlsx"]))
        assert b"".join(sheet.streaming_content).startswith(
            b"PK"
        )  # read to its end, which closes it
        assert ana.get(reverse(f"quality:{name}_export", args=["exe"])).status_code == 404
