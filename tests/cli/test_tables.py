"""``yanapay tables`` as others script against it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.factories.directory import BY, make_organisation
from tests.factories.surveys_tables import answer, make_form

from yanapay.cli.tables import tables
from yanapay.directory.actions.attributes import load_terms, set_codes
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.places.models import AreaScheme

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    result = CliRunner().invoke(tables, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def told(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments))
    return found


@pytest.fixture
def _mapped() -> None:
    load_terms(by=BY)
    AreaScheme.objects.create(code="ess_2018", name="Mapeo", source="Mapeo")
    organisation = make_organisation("Cacao del Sur")
    for vocabulary, code in (("macro_region", "Sur"), ("need_codes", "tributario")):
        set_codes(by=BY, organisation=organisation, vocabulary=vocabulary, codes=[code])


@pytest.mark.usefixtures("_mapped")
def test_the_shape_that_others_read() -> None:
    found = told("needs")
    keys = ("table", "scheme", "base", "missing")
    assert tuple(found[key] for key in keys) == ("needs", "ess_2018", 1, 0)
    assert {"group", "code", "label", "n", "share"} <= found["rows"][0].keys()
    assert found["rows"][0]["n"] / found["rows"][0]["base"] == found["rows"][0]["share"] == 1.0
    assert told("needs", "--group-by", "kind")["rows"][0]["group"] == "empresa"
    assert told("needs", "--public")["base"] == 0


@pytest.mark.usefixtures("_mapped")
def test_the_other_formats(tmp_path: Path) -> None:
    assert (
        run("needs", "--format", "csv")
        .splitlines()[1]
        .startswith("needs,ess_2018,Sur,Sur,tributario")
    )
    assert "<html" in run("needs", "--format", "html")
    run("needs", "--format", "xlsx", "--out", str(tmp_path / "needs.xlsx"))
    assert (tmp_path / "needs.xlsx").read_bytes()[:2] == b"PK"


def test_a_question_of_a_form() -> None:
    answer(make_form(), {"statutes": "si"})
    found = told("ferias.statutes")
    assert [(row["code"], row["n"]) for row in found["rows"]] == [("si", 1)]


def test_the_census_without_any_record() -> None:
    found = told("cooperative-census")
    assert found["base"] == 806
    assert found["checks"][0] == {
        "agrarian": None, "sum_of_rows": 824, "printed_total": 806, "difference": 18,
    }  # fmt: skip
    assert found["rows"][0]["n"] == 206


def test_what_does_not_exist_is_told() -> None:
    for arguments, error in ((["weaknesses"], NotFound), (["support"], NotFound),
                             (["networks", "--group-by", "colour"], RuleBroken)):  # fmt: skip
        with pytest.raises(error):
            run(*arguments)
