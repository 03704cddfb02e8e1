"""Answers as a table in words: for whoever reads them and does not know the codes."""

import csv
import io

import pytest
from django.utils.translation import override
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast, make_cast
from tests.factories.surveys import CHOICES, SCHEMA, answer, make_form, question, send

from yanapay.surveys.actions.rows import derive_next
from yanapay.surveys.exchange.answers import export_answers
from yanapay.surveys.models import Instrument, Submission, Version


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def exported(form: Instrument, language: str = "es") -> list[dict[str, str]]:
    stream = io.BytesIO()
    with override(language):
        export_answers(form, Submission.objects.filter(instrument=form), "csv-labels", stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))


def sent(cast: Cast, body: str, instance: str, number: str = "1") -> None:
    send(cast.beto, answer(body, instance=instance, number=number))
    derive_next(by=OPERATOR)


def test_questions_and_choices_stand_with_their_labels(cast: Cast) -> None:
    form = make_form().instrument
    sent(cast, "<name>Los Andes</name><needs>credit training</needs>", "uuid:a")
    (row,) = exported(form)
    assert row["Nombre de la organización"] == "Los Andes"
    assert row["Necesidades"] == "Crédito; Capacitación"
    assert "needs" not in row
    assert "Feria" in row.values()


def test_a_language_that_the_form_does_not_speak_reads_the_other(cast: Cast) -> None:
    form = make_form().instrument
    sent(cast, "<needs>credit</needs>", "uuid:a")
    (row,) = exported(form, "en")
    assert row["Necesidades"] == "Crédito"
    assert (row["Form"], row["Version"]) == ("Fair", "1")


def test_an_answer_keeps_the_words_of_its_version(cast: Cast) -> None:
    form = make_form().instrument
    sent(cast, "<needs>credit</needs>", "uuid:a")
    newer = make_form(number="2")
    needs = [{"code": "credit", "labels": {"es": "Préstamos"}}]
    Version.objects.filter(pk=newer.pk).update(choices={**CHOICES, "needs": needs})
    sent(cast, "<needs>credit other</needs>", "uuid:b", "2")
    assert [row["Necesidades"] for row in exported(form)] == ["Crédito", "Préstamos; other"]


def test_questions_that_are_worded_alike_are_told_apart(cast: Cast) -> None:
    version = make_form()
    alike = [question("/data/more", label="Necesidades")]
    Version.objects.filter(pk=version.pk).update(schema=[*SCHEMA, *alike])
    sent(cast, "<needs>credit</needs><more>riego</more>", "uuid:a")
    (row,) = exported(version.instrument)
    assert (row["Necesidades (needs)"], row["Necesidades (more)"]) == ("Crédito", "riego")


def test_no_spreadsheet_computes_what_was_answered(cast: Cast) -> None:
    form = make_form().instrument
    sent(cast, "<name>=1+1</name>", "uuid:a")
    assert exported(form)[0]["Nombre de la organización"] == "'=1+1"
