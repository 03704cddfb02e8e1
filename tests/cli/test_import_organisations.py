"""``yanapay import organisations``: names, options, JSON and exit status are a contract for scripts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.factories.centres import make_centre

from yanapay.cli.exports import export_group
from yanapay.cli.imports import import_group
from yanapay.directory.models import ImportBatch, Organisation
from yanapay.kernel.errors import YanapayError

ESS = Path(__file__).parents[2] / "src/yanapay/directory/data/ess_organisations.csv"
CONTRACT = (
    "rows",
    "created",
    "changed",
    "unchanged",
    "conflicts",
    "rejected",
    "possible_duplicates",
    "batch",
)
MIXED = "source_id,name,workers\n1,Molino Inca,3\n2,Tejidos Sol,-3\n"


@pytest.fixture
def run(reference: None, db: None, settings: Any, tmp_path: Path) -> Callable[..., Result]:
    settings.YANAPAY_HOME = tmp_path / "home"
    make_centre("principal")

    def invoked(*arguments: object) -> Result:
        return CliRunner().invoke(import_group, ["organisations", *map(str, arguments)])

    return invoked


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "mixed.csv"
    path.write_text(MIXED)
    return path


def test_the_98_real_organisations(run: Any) -> None:
    first = run(ESS, "--json")
    told = json.loads(first.output)
    assert first.exit_code == 0
    assert tuple(told)[:8] == CONTRACT
    assert (told["created"], told["rejected"], told["unmapped"]) == (98, 0, [])
    again = json.loads(run(ESS, "--json").output)
    assert (again["created"], again["unchanged"]) == (0, 98)
    codes = Organisation.objects.filter(attributes__vocabulary="macro_region").count()
    assert codes == 98


def test_some_rejected_is_status_1_and_the_rest_is_in(
    run: Any, mixed: Path, tmp_path: Path
) -> None:
    done = run(mixed, "--json", "--rejects", tmp_path / "rejects.csv")
    assert done.exit_code == 1
    assert Organisation.objects.get().name == "Molino Inca"
    header, row = (tmp_path / "rejects.csv").read_text("utf-8-sig").splitlines()
    assert header == "source_id,name,workers,row_number,problems"
    assert row.startswith("2,Tejidos Sol,'-3,3,workers: ")


def test_strict_takes_nothing(run: Any, mixed: Path) -> None:
    done = run(mixed, "--strict", "--json")
    told = json.loads(done.output)
    assert done.exit_code == 2
    assert told["rows"] == sum(told[name] for name in CONTRACT[1:6])
    assert told["created"] == 0
    assert not Organisation.objects.exists()
    assert "1" in run(mixed, "--strict").output.splitlines()[-1]


def test_a_dry_run_leaves_nothing(run: Any, mixed: Path) -> None:
    told = json.loads(run(mixed, "--dry-run", "--json").output)
    assert (told["created"], told["rejected"], told["batch"]) == (1, 1, None)
    assert not ImportBatch.objects.exists()
    assert not Organisation.objects.exists()


def test_nothing_but_rejected_rows_is_status_1(run: Any, tmp_path: Path) -> None:
    """The file was readable: its rows come out with their reasons, as in any other file."""
    (tmp_path / "bad.csv").write_text("name,workers\nMolino,-1\n")
    assert run(tmp_path / "bad.csv").exit_code == 1


def test_an_unreadable_file_is_told_in_a_sentence(run: Any, tmp_path: Path) -> None:
    (tmp_path / "scan.csv").write_bytes(b"%PDF-1.4 ...")
    done = run(tmp_path / "scan.csv")
    assert isinstance(done.exception, YanapayError)
    assert "PDF" in str(done.exception)


def test_a_mapping_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Quién,Cuántos\nMolino,4\n")
    (tmp_path / "map.json").write_text(json.dumps({"Quién": "name"}))
    told = json.loads(
        run(tmp_path / "list.csv", "--mapping", tmp_path / "map.json", "--json").output
    )
    assert (told["created"], told["unmapped"]) == (1, ["Cuántos"])


def test_the_template_is_understood(run: Any) -> None:
    headers = run("--template").output.strip().split(",")
    assert headers[:4] == ["source_id", "name", "trade_name", "acronym"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_an_export_taken_in_again_changes_nothing(run: Any, tmp_path: Path, kind: str) -> None:
    run(ESS)
    out = tmp_path / f"out.{kind}"
    CliRunner().invoke(
        export_group, ["organisations", "--format", kind, "--out", str(out)], catch_exceptions=False
    )
    assert json.loads(run(out, "--json").output)["unchanged"] == 98


def test_a_public_export_holds_only_those_who_agreed(run: Any, tmp_path: Path) -> None:
    run(ESS)
    out = tmp_path / "public.geojson"
    CliRunner().invoke(
        export_group, ["organisations", "--format", "geojson", "--public", "--out", str(out)]
    )
    assert json.loads(out.read_text())["features"] == []
