"""``yanapay export organisations --filter``: the words of a page's address, and a clear no to others."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.directory.test_listing_by_activity import classified
from tests.factories.directory import BY, make_activity, make_clients, make_organisation

from yanapay.cli.exports import export_group
from yanapay.directory.actions.persons import affiliate

pytestmark = pytest.mark.django_db
Export = Callable[..., Result]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def invoked(query: str, *more: str) -> Result:
        out = ["--format", "csv", "--out", str(tmp_path / "out.csv")]
        return CliRunner().invoke(export_group, ["organisations", *out, "--filter", query, *more])

    return invoked


@pytest.fixture
def names(export: Export, tmp_path: Path) -> Callable[[str], set[str]]:
    def written(query: str) -> set[str]:
        assert export(query).exit_code == 0
        text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
        return {row["name"] for row in csv.DictReader(io.StringIO(text))}

    return written


def test_activity_and_network_cut_the_file(names: Any) -> None:
    network = make_organisation("Red del Valle", kind="red")
    bakery, dairy, _ = make_clients(["Panadería", "Lechería", "Imprenta"])
    classified(bakery, make_activity("1071"))
    classified(dairy, make_activity("1050"))
    affiliate(by=BY, member=dairy, network=network)
    assert names("activity=C") == {"Panadería", "Lechería"}
    assert names("?activity=1071&sort=newest") == {"Panadería"}
    assert names(f"network={network.pk}") == {"Lechería"}
    assert names(f"activity=1071&network={network.pk}") == set()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("activty=1071", "activty"),
        ("network=Red", "Red"),
        ("centre=²", "²"),
        ("solo esto", "solo esto"),
    ],
)
def test_a_filter_that_is_not_understood_writes_nothing(
    export: Export, tmp_path: Path, query: str, said: str
) -> None:
    """Else a slip of the pen would write the whole directory."""
    refused = export(query)
    assert refused.exit_code == 2
    assert said in refused.output
    assert not (tmp_path / "out.csv").exists()


def test_public_files_know_the_filters_of_the_public_page(export: Export) -> None:
    assert export("region=sierra", "--public").exit_code == 0
    assert export("responsible=1", "--public").exit_code == 2
