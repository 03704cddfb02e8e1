"""Whoever knows the ZIP of ODK Central finds its files, its columns and its keys in ours."""

import csv
import io
import zipfile

import pytest
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast, make_cast
from tests.factories.surveys import answer, make_form, send

from yanapay.surveys.actions.rows import derive_next
from yanapay.surveys.exchange.answers import export_answers
from yanapay.surveys.models import Instrument, Submission
from yanapay.surveys.rules.keys import Key, Turn, keys_of
from yanapay.surveys.rules.rows import Plan

BODY = """
<name>=Los Andes</name><needs>credit training</needs>
<worker><age>30</age><task><hours>4</hours></task><task><hours>5</hours></task></worker>
<worker><age>40</age><task><hours>6</hours></task></worker>
"""


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def exported(form: Instrument) -> dict[str, list[dict[str, str]]]:
    stream = io.BytesIO()
    export_answers(form, Submission.objects.filter(instrument=form), "csv-zip", stream)
    with zipfile.ZipFile(stream) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }


def test_every_repeat_is_a_file_that_joins_the_row_around_it(cast: Cast) -> None:
    form = make_form().instrument
    send(cast.beto, answer(BODY, instance="uuid:a"))
    derive_next(by=OPERATOR)
    files = exported(form)
    assert set(files) == {"feria.csv", "feria-worker.csv", "feria-task.csv"}
    (main,) = files["feria.csv"]
    assert (main["KEY"], main["needs"], main["FormVersion"]) == ("uuid:a", "credit training", "1")
    assert main["name"] == "'=Los Andes", "no spreadsheet computes what was answered"
    assert [(row["age"], row["PARENT_KEY"], row["KEY"]) for row in files["feria-worker.csv"]] == [
        ("30", "uuid:a", "uuid:a/worker[1]"), ("40", "uuid:a", "uuid:a/worker[2]"),
    ]  # fmt: skip
    assert [(row["hours"], row["PARENT_KEY"], row["KEY"]) for row in files["feria-task.csv"]] == [
        ("4", "uuid:a/worker[1]", "uuid:a/worker[1]/task[1]"),
        ("5", "uuid:a/worker[1]", "uuid:a/worker[1]/task[2]"),
        ("6", "uuid:a/worker[2]", "uuid:a/worker[2]/task[1]"),
    ]  # fmt: skip


def test_only_the_last_edit_counts_and_a_form_without_answers_has_its_columns(cast: Cast) -> None:
    form = make_form().instrument
    assert list(exported(form)) == ["feria.csv", "feria-worker.csv", "feria-task.csv"]
    send(cast.beto, answer("<name>A</name>", instance="uuid:a"))
    send(cast.beto, answer("<name>B</name>", instance="uuid:b", deprecated="uuid:a"))
    derive_next(by=OPERATOR)
    assert [row["name"] for row in exported(form)["feria.csv"]] == ["B"]


def test_groups_stand_in_the_key_as_central_writes_it() -> None:
    form = Plan({}, {"team/worker": "worker", "team/worker/week/task": "task"}, frozenset())
    turns = [Turn("task", 1, 2), Turn("worker", 1, 1), Turn("worker", 2, 1)]
    assert keys_of("uuid:a", turns, form)[turns[0]] == Key(
        "uuid:a/team/worker[2]", "uuid:a/team/worker[2]/week/task[1]"
    )
