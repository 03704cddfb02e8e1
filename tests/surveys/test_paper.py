"""The form on paper: every question with a way to answer it, conditions in words."""

import pytest
from django.utils import translation
from tests.factories.surveys_workbooks import CONSENT, small_form, workbook

from yanapay.surveys.exchange.paper import content, printed
from yanapay.surveys.exchange.wording import Form
from yanapay.surveys.models import Instrument, Version
from yanapay.surveys.rules.shipped import build, shipped
from yanapay.surveys.rules.xlsform.child import examine


def version_of(workbook_bytes: bytes) -> Version:
    told = examine(workbook_bytes, "1", {})
    return Version(
        instrument=Instrument(form_id=told["form_id"], title=told["title"]), number=told["number"],
        languages=told["languages"], schema=told["schema"], choices=told["choices"],
    )  # fmt: skip


def said(relevant: str) -> str:
    """The condition of the third question, in English."""
    several = ("select_multiple yes_no", "things", "¿Qué cosas?", "Which things?")
    version = version_of(workbook(CONSENT, several, ("text", "last", "Y", "And", relevant)))
    form = Form(version.schema, version.choices, "en")
    return form.when(form.questions["last"]["logic"], relevant)


@pytest.mark.parametrize(
    ("relevant", "words"),
    [
        ("${consent} = 'si'", "If «Do you agree» is «Yes»"),
        ("${consent} != ''", "If «Do you agree» has an answer"),
        ("selected(${things}, 'no')", "If «Which things» includes «No»"),
        ("${consent} = 'si' and not(selected(${things}, 'no'))",
         "If «Do you agree» is «Yes» and not: «Which things» includes «No»"),
        ("count-selected(${things}) > 2", "If count-selected(${things}) > 2"),
        ("", ""),
    ],
)  # fmt: skip
def test_conditions_are_told_in_words(relevant: str, words: str) -> None:
    with translation.override("en"):
        assert said(relevant) == words


def test_every_question_has_its_way_of_answering() -> None:
    version = version_of(
        workbook(
            CONSENT, ("text", "long", "L", "L"), ("date", "day", "D", "D"), ("integer", "n", "N", "N"),
            ("geopoint", "g", "G", "G"), ("image", "i", "I", "I"), ("note", "x", "Lea esto", "Read this"),
            ("select_one_from_file f.csv", "place", "P", "P"), ("calculate", "c", None, None, None, None, "1"),
        )
    )  # fmt: skip
    questions = [
        one for section in content(version, "es")["sections"] for one in section["questions"]
    ]
    assert [one["kind"] for one in questions] == [
        "one",
        "line",
        "date",
        "number",
        "geopoint",
        "note",
        "line",
    ]
    assert questions[0]["options"] == ["Sí", "No"]
    assert questions[-1]["notes"] == ["Lea esto"]


def test_a_repeat_has_room_for_more_than_one() -> None:
    sections = content(version_of(small_form()), "en")["sections"]
    assert [(one["title"], one["copies"]) for one in sections] == [("", 1), ("Person", 2)]


def test_a_shipped_form_prints_in_both_languages() -> None:
    form = next(one for one in shipped() if one.form_id == "evaluacion_servicio")
    version = version_of(build(form)[0])
    for language in ("es", "en"):
        sheet = printed(version, language=language)
        assert sheet.pdf.startswith(b"%PDF")
        assert 0 < sheet.pages < 5
