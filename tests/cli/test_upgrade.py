"""Databases of earlier commits, kept as backups, come to this release with the same figures.

To keep one: ``yanapay backup tests/data/backups/<date>-<commit>.tar --json > <same name>.json``, then gzip it.
"""

import json
import os
from pathlib import Path

import pytest
from tests.cli.test_backups import installation

BACKUPS = sorted((Path(__file__).parents[1] / "data/backups").glob("*.tar.gz"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.environ.get("YANAPAY_TEST_DB") == "postgresql", reason="SQLite backups"),
]


@pytest.mark.parametrize("kept", BACKUPS, ids=lambda path: path.name)
def test_an_earlier_database_is_upgraded(kept: Path, tmp_path: Path, worker_id: str) -> None:
    before = json.loads(kept.with_name(kept.name.replace(".tar.gz", ".json")).read_text())
    office = installation(tmp_path / "office", worker_id)
    after = office.answer("restore", str(kept), "--json")
    same = {"users", "organisations", "persons"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert int(str(after["events"])) >= int(before["events"])
    assert office.run("audit", "verify").returncode == 0
