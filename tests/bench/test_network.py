"""The loader of the bench copies what actions made: the same rows, but for keys, centre, people, numbers."""

from datetime import date

import pytest
from bench.network import STRIDE, SUFFIXED, TABLES, copy
from django.db import models
from tests.factories.assistance_documents import full_case
from tests.factories.directory import make_centre, make_user

from yanapay.accounts.models import User
from yanapay.assistance.models import Case
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.actions.consents import give_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied() -> tuple[Centre, User]:
    case = full_case()
    give_consent(by=Actor.operator(), about=case.organisation, purpose="service", text_version="1",
                 given_on=date(2026, 1, 2), channel="paper")  # fmt: skip
    centre, person = make_centre("otro"), make_user("promoter", make_centre("otro"))
    copy([case.centre, centre], {centre.pk: [person]}, 1)
    return centre, person


def test_every_row_has_its_equal(copied: tuple[Centre, User]) -> None:
    centre, person = copied
    for model in TABLES:
        rows = model._default_manager.order_by("pk").values()
        made, loaded = rows.filter(pk__lt=STRIDE), rows.filter(pk__gt=STRIDE)
        assert [expected(model, row, centre, person) for row in made] == list(loaded), model


def test_the_sample_holds_a_whole_case(copied: tuple[Centre, User]) -> None:
    filled = [model.__name__ for model in TABLES if model._default_manager.exists()]
    assert {"Case", "Visit", "Plan", "BudgetShare", "Measurement", "TreeEdge", "Payment"} <= set(
        filled
    )
    assert Case.objects.get(pk__gt=STRIDE).centre == copied[0]


def expected(
    model: type[models.Model], row: dict[str, object], centre: Centre, person: User
) -> dict[str, object]:  # fmt: skip
    """What the copy of a row should say."""
    told = dict(row)
    for column in model._meta.concrete_fields:
        value = row[column.attname]
        if value is None:
            continue
        if column.primary_key or column.related_model in TABLES:
            told[column.attname] = value + STRIDE  # type: ignore[operator]
        elif column.related_model is Centre:
            told[column.attname] = centre.pk
        elif column.related_model is User:
            told[column.attname] = person.pk
        elif column.name in SUFFIXED and isinstance(column, models.CharField) and value:
            told[column.attname] = f"{value}-1"
    return told
