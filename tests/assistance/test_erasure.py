"""Zoraida asks that all of it be erased: nothing of her stays in cases, consultations or the roster."""

import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection, models
from tests.factories.assistance import make_case
from tests.factories.assistance_centre import make_milestone, make_payment, make_visit
from tests.factories.assistance_consultations import make_consultation
from tests.factories.directory import BY, make_organisation, make_person

from yanapay.assistance.actions.cases import write_promotion
from yanapay.assistance.models import (
    Case,
    CaseFile,
    Consultation,
    CourseWish,
    Diagnosis,
    Plan,
    Promotion,
    TreeNode,
    Visit,
)
from yanapay.assistance.queries.knowledge import past_answers
from yanapay.assistance.queries.privacy import TEXTS, TOLD
from yanapay.audit.queries import verify
from yanapay.base.models import SearchWord
from yanapay.centres.queries import OPERATOR
from yanapay.directory.actions.persons import add_role
from yanapay.directory.actions.privacy import erase_person
from yanapay.directory.models import Organisation, Person
from yanapay.directory.queries.privacy import ENCODER, own_data
from yanapay.quality.choices import FindingKind
from yanapay.quality.models import Document, Format, FormatVersion, Nonconformity
from yanapay.roster.models import Credential, Rating, Requirement, Specialist

NAME = "Zoraida Quispetupac"
TOLD_OF_HER = ("Zoraida", "zoraida", "Quispetupac", "quispetupac")
DAY = date(2026, 3, 9)
KEPT = {
    "Consultation.number", "Consultation.search_text", "Case.number", "Case.search_text", "Case.title",
    "CourseWish.wish", "Plan.currency", "Contract.number", "Contract.currency", "Payment.number",
    "Payment.currency", "Indicator.unit", "BudgetLine.unit", "CostRate.currency", "CentreEntry.currency",
    "Diagnosis.questionnaire", "Diagnosis.answers", "Evaluation.answers", "Reminder.key",
    "ServiceTransfer.terms", "TransferComponent.description", "TransferComponent.remarks",
    "Plan.signature_image", "Evaluation.signature_image", "CaseFile.name", "CaseFile.content_type",
    "CaseFile.sha256", "CaseFile.stored", "CaseFile.author_name", "CalendarKey.digest",
}  # fmt: skip


def of_zoraida() -> tuple[Person, Organisation]:
    person = make_person(NAME, phone="987654321")
    firm = make_organisation("Bodega Flor")
    add_role(by=BY, person=person, organisation=firm, role="owner")
    return person, firm


def case_of(firm: Organisation, person: Person | None = None) -> Case:
    case = make_case(firm, title=f"Horno de {NAME}", contact=person)
    write_promotion(by=BY, case=case, fields={"conversation": f"{NAME} quiere crédito"})
    diagnosis = Diagnosis.objects.create(case=case, conclusions=f"Que {NAME} aprenda costos")
    TreeNode.objects.create(diagnosis=diagnosis, role="central", text=f"{NAME} no lleva cuentas")
    Visit.objects.filter(pk=make_visit(case, 60).pk).update(notes=f"Atendió {NAME}")
    make_milestone(case, 100)
    make_payment(case, 100)
    case.payments.update(payer_name=NAME)
    Plan.objects.filter(case=case).update(decided_by_name=NAME)
    CaseFile.objects.create(
        case=case, name="zoraida.txt", content_type="text/plain", size=9, sha256="0" * 64,
        stored=ContentFile(NAME.encode(), "Zoraida.txt"), author_name="Ana",
    )  # fmt: skip
    return case


def document_of(case: Case) -> Document:
    kind = Format.objects.create(code="F-1", series="DOC", title_es="Ficha", title_en="Sheet")
    version = FormatVersion.objects.create(format=kind, number=1, since=DAY, template="ficha")
    return Document.objects.create(
        centre=case.centre, version=version, number="DOC-2026-0001", title=f"Ficha de {NAME}",
        subject_type="case", subject_id=case.pk, issued_on=DAY, content={"owner": NAME},
        stored=ContentFile(NAME.encode(), "ficha.pdf"), issued_by_name="Ana",
    )  # fmt: skip


def specialist_entry(person: Person) -> Specialist:
    entry = Specialist.objects.create(
        centre=person.centre, kind="specialist", person=person, conflicts=f"Tía de {NAME}",
        day_rate=100, currency="PEN",
    )  # fmt: skip
    papers = Requirement.objects.create(
        code="title", kind="specialist", label_es="Título", label_en="Degree", since=DAY
    )
    Credential.objects.create(specialist=entry, requirement=papers, obtained_on=DAY,
                              evidence=f"Título de {NAME}", checked_by_name="Ana")  # fmt: skip
    Rating.objects.create(specialist=entry, rated_on=DAY, score=5, comment=f"Bien {NAME}",
                          rated_by_name="Ana")  # fmt: skip
    return entry


@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_erased_person_stays_in_the_database_files() -> None:
    person, firm = of_zoraida()
    case = case_of(firm, person)
    document = document_of(case)
    specialist_entry(person)
    make_consultation(f"{NAME} pregunta por crédito", f"Que {NAME} vaya al banco", person=person)
    make_consultation(answer="", outcome="curso", wish=f"Costos, dijo {NAME}", organisation=firm)
    stored = case.files.get().stored

    erase_person(by=BY, person=person, reason="lo pidió")

    document.refresh_from_db()
    assert (document.number, document.content, bool(document.erased_at)) == (
        "DOC-2026-0001",
        {},
        True,
    )
    assert not stored.storage.exists(stored.name)
    assert Consultation.objects.filter(topic="tramites").count() == 2
    assert CourseWish.objects.get().wish == "—"
    assert past_answers(OPERATOR, "crédito") == []
    assert not SearchWord.objects.filter(word="quispetupac").exists()
    assert verify() == []
    assert traces() == []


@pytest.mark.django_db(transaction=True)
def test_in_the_case_of_a_shared_enterprise_only_what_names_the_person_goes() -> None:
    person, firm = of_zoraida()
    add_role(by=BY, person=make_person("Juan Soto"), organisation=firm, role="owner")
    case = case_of(firm, person)
    Promotion.objects.filter(case=case).update(expectations="Vender más pan")

    erase_person(by=BY, person=person, reason="lo pidió")

    promotion = Promotion.objects.get(case=case)
    assert (promotion.conversation, promotion.expectations) == ("", "Vender más pan")
    case.refresh_from_db()
    assert case.title == "—"
    assert case.payments.get().payer_name == "—"


@pytest.mark.django_db
def test_findings_forget_whom_they_were_about() -> None:
    person, firm = of_zoraida()
    case = case_of(firm, person)
    of_her = make_finding(case, "Faltó la firma", document=document_of(case))
    naming = make_finding(case, f"{NAME} no recibió su ficha")
    other = make_finding(case, "El formato no llevaba versión")

    erase_person(by=BY, person=person, reason="lo pidió")

    told = dict(Nonconformity.objects.values_list("pk", "description"))
    assert told == {of_her.pk: "—", naming.pk: "—", other.pk: "El formato no llevaba versión"}


def make_finding(case: Case, text: str, **about: object) -> Nonconformity:
    number = f"NC-{Nonconformity.objects.count() + 1}"
    return Nonconformity.objects.create(
        centre=case.centre, number=number, kind=FindingKind.values[0], found_on=DAY, description=text,
        cause="", found_by_name="Ana", **about,
    )  # fmt: skip


@pytest.mark.django_db
def test_own_data_tell_everything_ready_for_a_file() -> None:
    person, firm = of_zoraida()
    case = case_of(firm, person)
    document_of(case)
    specialist_entry(person)
    make_consultation(person=person)
    data = own_data(person)
    told = json.dumps(data, cls=ENCODER, ensure_ascii=False)
    for text in (
        "registro sanitario",
        "quiere crédito",
        "zoraida.txt",
        "DOC-2026-0001",
        "Título de",
    ):
        assert text in told
    assert [row["number"] for row in data["cases"]] == [case.number]


@pytest.mark.parametrize("model", [
    texts.model for texts in TEXTS
], ids=lambda model: model.__name__)  # fmt: skip
def test_every_text_of_a_case_is_known_to_the_erasure(model: type[models.Model]) -> None:
    declared = {texts.model: set(texts.fields) for texts in TEXTS}
    free = {name for name in free_texts(model) if f"{model.__name__}.{name}" not in KEPT}
    assert free <= declared[model]


def test_no_table_of_assistance_is_forgotten() -> None:
    known = {texts.model.__name__ for texts in TEXTS} | {
        "Case",
        "Consultation",
        "CourseWish",
        "CaseFile",
    }
    for model in Case._meta.app_config.get_models():
        name = model.__name__
        left = {f"{name}.{field}" for field in free_texts(model)} - KEPT
        left -= {f"Consultation.{field}" for field in TOLD}
        assert name in known or not left, left


def free_texts(model: type[models.Model]) -> set[str]:
    """Columns in which people write what they like: text without choices, files, JSON."""
    kinds = (models.CharField, models.TextField, models.FileField, models.JSONField)
    return {
        column.name for column in model._meta.concrete_fields
        if isinstance(column, kinds) and not column.choices
        and (not column.name.endswith("by_name") or column.name in {
            "decided_by_name", "accepted_by_name", "confirmed_by_name"})
        and f"{model.__name__}.{column.name}" != "TransferComponent.accepted_by_name"
    }  # fmt: skip


def traces() -> list[str]:
    """The values that the pages of an SQLite database still hold, freed pages included."""
    if connection.vendor != "sqlite":
        return []
    connection.ensure_connection()
    pages: bytes = connection.connection.serialize()
    assert b"Bodega Flor" in pages
    return [value for value in TOLD_OF_HER if value.encode() in pages]
