"""The quick round of the bench runs to its end. What it measures is the machine's and is not judged here."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.postgresql import open_folder
from django.db import connection

ROOT = Path(__file__).parents[2]
FRONT_END = ROOT / "src/yanapay/web/static/build"
MEASURES = {
    "sqlite": ("import", "search", "pages", "classify", "assistance", "public"),
    "postgresql": ("postgresql",),
}
TOLD = {
    "sqlite": (
        "executemany", "search with", "directory page", "classify", "case page", "public map",
    ),
    "postgresql": ("COPY", "search with", "directory page"),
}  # fmt: skip


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the user who runs PostgreSQL's server may enter."""
    with open_folder() as folder:
        yield Path(folder)


@pytest.mark.skipif(not FRONT_END.exists(), reason="pages are measured with the front end built")
def test_the_quick_round_tells_every_measure(place: Path) -> None:
    command = ["--small", "--into", str(place), "--only", *MEASURES[connection.vendor]]
    ran = subprocess.run(
        [sys.executable, "-m", "bench", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    table = "\n".join(line for line in ran.stdout.splitlines() if line.startswith("|"))
    assert "failed" not in table, ran.stderr[-3000:]
    for measure in TOLD[connection.vendor]:
        assert measure in table, ran.stdout[-3000:]
