"""Every column of the roster in which people write what they like is one the erasure knows, or names nobody."""

from datetime import date

import pytest
from django.db import models
from tests.factories.directory import BY
from tests.factories.roster import make_specialist

from yanapay.directory.actions.privacy import erase_person
from yanapay.roster.models import Absence, Credential, Rating, Requirement, Specialist

DAY = date(2026, 3, 9)
EMPTIED = {
    "Specialist.profession", "Specialist.languages", "Specialist.conflicts", "Specialist.inactive_reason",
    "Credential.evidence", "Credential.stored", "Credential.file_name", "Absence.reason", "Rating.comment",
}  # fmt: skip
NAMES_NOBODY = {
    "Specialist.currency", "Rating.subject", "Requirement.code", "Requirement.label_es",
    "Requirement.label_en", "Technology.category", "Technology.name", "Technology.name_en",
    "Technology.name_key", "Technology.note",
}  # fmt: skip


def test_no_text_of_the_roster_is_forgotten() -> None:
    kinds = (models.CharField, models.TextField, models.FileField, models.JSONField)
    free = {
        f"{model.__name__}.{column.name}"
        for model in Specialist._meta.app_config.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, kinds) and not column.choices and not column.name.endswith("by_name")
    }
    assert free == EMPTIED | NAMES_NOBODY


@pytest.mark.django_db
def test_an_erasure_empties_every_one_of_them() -> None:
    entry = make_specialist("Zoraida Quispetupac")
    Specialist.objects.update(
        profession="Ingeniera",
        conflicts="Tía de Rosa",
        inactive_reason="De viaje",
        languages=["qu"],
    )
    papers = Requirement.objects.create(
        code="title", kind="specialist", label_es="Título", label_en="Degree", since=DAY
    )
    Credential.objects.create(
        specialist=entry, requirement=papers, obtained_on=DAY, evidence="Título de Zoraida",
        file_name="zoraida.pdf", checked_by_name="Ana",
    )  # fmt: skip
    Absence.objects.create(specialist=entry, since=DAY, until=DAY, reason="Operación")
    Rating.objects.create(
        specialist=entry, rated_on=DAY, score=5, comment="Bien Zoraida", rated_by_name="Ana"
    )

    erase_person(by=BY, person=entry.person, reason="lo pidió")

    rows = {
        row.__name__: row.objects.latest("pk") for row in (Specialist, Credential, Absence, Rating)
    }
    left = {name: getattr(rows[name.split(".")[0]], name.split(".")[1]) for name in EMPTIED}
    assert {name for name, value in left.items() if value} == {"Credential.evidence"}
    assert left["Credential.evidence"] == "—"
