"""The forms of this release: whole, in both languages, accepted by ODK Validate, true to their sources."""

import json
import shutil
from functools import cache
from importlib import resources
from typing import Any

import pytest

from yanapay.directory.choices import Kind
from yanapay.mapping.rules.fields import FIELDS
from yanapay.surveys.choices import Purpose
from yanapay.surveys.rules.days import HELD
from yanapay.surveys.rules.shipped import Shipped, build, shipped
from yanapay.surveys.rules.xlsform import examine
from yanapay.surveys.rules.xlsform.child import examine as in_process

FORMS = {form.form_id: form for form in shipped()}
each = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


@cache
def told_of(form_id: str) -> dict[str, Any]:
    content, media = build(FORMS[form_id])
    return in_process(content, FORMS[form_id].number, media)


def asked(form_id: str) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in told_of(form_id)["schema"]}


@each
def test_our_checks_have_no_remark_and_every_text_is_in_both_languages(form: Shipped) -> None:
    told = told_of(form.form_id)
    assert told["findings"] == []
    assert told["languages"] == ["es", "en"]
    assert set(told["title"]) == {"es", "en"}
    assert form.purpose in Purpose.values
    shown = [one for one in told["schema"] if one["type"] != "calculate"]
    assert all(set(one["labels"]) == {"es", "en"} for one in shown)
    assert set(form.mapping) <= {one["name"] for one in told["schema"]}
    assert set(form.mapping.values()) <= {*FIELDS, HELD}


@each
def test_building_twice_gives_the_same_workbook(form: Shipped) -> None:
    assert build(form) == build(form)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
@each
def test_odk_validate_accepts_it(form: Shipped) -> None:
    content, media = build(form)
    told = examine(content, form.number, media)
    assert (told.validated_by, told.findings) == ("ODK Validate", [])


def test_the_interview_asks_all_questions_of_the_printed_form_under_their_ids() -> None:
    printed = json.loads(
        (resources.files("yanapay.surveys") / "data/ess_interview_form.json").read_text("utf-8")
    )
    wanted = {
        one["id"]: one["label_es"]
        for section in printed["sections"]
        for one in section["questions"]
    }
    questions = asked("ess")
    assert len(wanted) == 53
    assert wanted == {name: questions[name]["labels"]["es"] for name in wanted}


def test_the_interview_asks_for_consent_first_and_nothing_without_it() -> None:
    questions = list(asked("ess").values())
    assert [one["name"] for one in questions[:2]] == ["consent_service", "consent_public"]
    assert all("${consent_service} = 'si'" in one["relevant"] for one in questions[1:])


def test_the_interview_speaks_the_codes_of_the_directory() -> None:
    lists = told_of("ess")["choices"]
    assert {one["code"] for one in lists["kind"]} <= set(Kind.values)
    assert len(lists["need_codes"]) == 16
    assert (len(lists["departments.csv"]), len(lists["provinces.csv"])) == (25, 196)
    assert len(lists["districts.csv"]) == 1891


def test_the_baseline_and_the_evaluation_ask_the_variables_of_the_published_figures() -> None:
    figures = {
        row["origin"]
        for name in ("linea_base", "evaluacion_final")
        for section in FORMS[name].data["sections"]
        for row in _rows(section)
        if "origin" in row
    }
    assert {f"figure {n}" for n in (1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14)} <= figures
    assert "figures 5 and 6" in figures


def test_the_workshop_asks_each_of_the_52_prompts() -> None:
    rows = [
        row for section in FORMS["taller_municipal"].data["sections"][1:] for row in section["ask"]
    ]
    assert len(FORMS["taller_municipal"].data["lists"]["battery"]) == 12
    assert len({row["origin"] for row in rows}) == 52


def _rows(section: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for one in section["ask"] for row in (_rows(one) if "ask" in one else [one])]
