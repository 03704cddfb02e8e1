"""``yanapay classify --all`` over the database: lines, counts, one scheme by another."""

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result
from tests.factories.directory import make_observation, make_organisation

from yanapay.cli.classify import classify

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(classify, ["--all", *arguments])


@pytest.fixture
def _enterprises() -> None:
    for workers in (3, 7, 30):
        make_observation(make_organisation(f"Taller {workers}"), workers=workers)
    make_organisation("Sin datos")


@pytest.mark.usefixtures("_enterprises")
class TestAll:
    def test_json_is_a_line_per_organisation(self) -> None:
        lines = [
            json.loads(line) for line in run("--scheme", "cepal", "--json").output.splitlines()
        ]
        assert [(line["name"], line["outcome"], line["classes"]) for line in lines] == [
            ("Taller 3", "class", ["micro"]),
            ("Taller 7", "class", ["micro"]),
            ("Taller 30", "class", ["small"]),
            ("Sin datos", "undetermined", []),
        ]
        assert all(line["id"] and line["reason"] and line["source_id"] == "" for line in lines)

    def test_without_a_scheme_each_line_lists_all(self) -> None:
        first = json.loads(run("--json").output.splitlines()[0])
        assert len(first["sizes"]) == 11
        assert set(first["sizes"][0]) == {"scheme", "outcome", "classes", "reason"}

    def test_counts_add_up_to_the_organisations(self) -> None:
        counts = json.loads(run("--count", "--json").output)
        assert len({count["scheme"] for count in counts}) == 11
        assert sum(count["n"] for count in counts) == 4 * 11
        table = run("--count", "--scheme", "cepal").output.splitlines()
        assert [line.split()[-1] for line in table[1:]] == ["2", "1", "1"]

    def test_one_scheme_against_another(self) -> None:
        pairs = json.loads(run("--scheme", "cepal", "--against", "senai_br", "--json").output)
        assert sum(pair["n"] for pair in pairs) == 4
        assert all(pair["against"]["scheme"] == "senai_br" for pair in pairs)
        table = run("--scheme", "cepal", "--against", "senai_br").output.splitlines()
        assert table[0].startswith("cepal \\ senai_br")
        assert len(table) == 4

    def test_the_day_chooses_the_figures(self) -> None:
        enterprise = make_organisation("Creció")
        make_observation(enterprise, date(2010, 1, 1), workers=2)
        make_observation(enterprise, date(2020, 1, 1), workers=80)
        last = run("--scheme", "cepal", "--json", "--on", "2012-01-01").output.splitlines()[-1]
        assert json.loads(last)["classes"] == ["micro"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--against", "cepal"],
        ["--workers", "3"],
        ["--scheme", "nobody"],
        ["--scheme", "cepal", "--against", "nobody"],
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code
    assert type(done.exception).__name__ == "RuleBroken"
