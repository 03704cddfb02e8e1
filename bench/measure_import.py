"""How fast a registry goes in, against writing the same rows without any of the work.

    python -m bench.measure_import REGISTRY.csv [--rows N] [--url postgresql://…]

Prints JSON: seconds of ``yanapay import organisations``; seconds of plain ``executemany`` of the very rows
it wrote into the same tables with the same indexes and search index; their ratio (bar: 2); peak memory of
the import; and how long another person's saves took meanwhile (bar: p95 under 2 s).
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

TABLES = (
    "directory_import_batch",
    "directory_organisation", "directory_provenance", "directory_identifier", "directory_organisation_area",
    "directory_coded_attribute", "directory_organisation_activity", "directory_observation",
    "directory_person", "directory_person_role", "directory_tally", "base_search_word", "base_search_variant",
)  # fmt: skip
AT_ONCE = 20_000
_READY = """
import django; django.setup()
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre, Institution
from yanapay.directory.actions.attributes import load_terms
from yanapay.directory.actions.organisations import create_organisation
from yanapay.places.actions import load_reference
by = Actor.system()
load_reference(by=by); load_terms(by=by)
institution = Institution.objects.create(name="Bench")
centre = Centre.objects.create(institution=institution, code="principal", name="Principal")
other = Centre.objects.create(institution=institution, code="other", name="Other")
create_organisation(by=by, centre=other, fields={"name": "Saved meanwhile", "kind": "empresa"})
"""
_SAVER = """
import sys, time
import django; django.setup()
from yanapay.audit.rules import Actor
from yanapay.directory.actions.organisations import change_organisation
from yanapay.directory.models import Organisation
one, number = Organisation.objects.get(centre__code="other"), 0
while True:
    time.sleep(0.4)
    number += 1
    began = time.perf_counter()
    change_organisation(by=Actor.system(), organisation=one, fields={"address": f"Jr. {number}"})
    print(time.perf_counter() - began, flush=True)
"""


def measure(
    registry: Path, rows: int | None, url: str = "", keep: Path | None = None
) -> dict[str, Any]:
    """One import and its baseline, in fresh databases that are removed afterwards (but for ``keep``)."""
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        home = keep or Path(folder) / "import"
        file = _head(registry, rows, Path(folder)) if rows else registry
        environment = _environment(home, url)
        _make_ready(environment)
        plain = _copy_of(home, Path(folder) / "plain") if not url else None
        with _Saver(environment) as saver:
            seconds, counts = _import(file, environment)
        result = {
            "rows": counts["rows"], "created": counts["created"], "rejected": counts["rejected"],
            "possible_duplicates": counts["possible_duplicates"], "import_seconds": round(seconds, 1),
            "rows_per_second": round(counts["rows"] / seconds),
            "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
            **saver.told(),
        }  # fmt: skip
        if plain:
            baseline = _executemany(home / "yanapay.sqlite3", plain / "yanapay.sqlite3")
            result |= {
                "executemany_seconds": round(baseline, 1),
                "ratio": round(seconds / baseline, 2),
            }
        return result


def _environment(home: Path, url: str) -> dict[str, str]:
    own = {
        "YANAPAY_HOME": str(home),
        "YANAPAY_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "yanapay.config.settings",
    }
    return {**os.environ, **own, **({"DATABASE_URL": url} if url else {})}


def _make_ready(environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    subprocess.run([sys.executable, "-c", _READY], env=environment, check=True)


def _copy_of(home: Path, to: Path) -> Path:
    to.mkdir()
    shutil.copy(home / "yanapay.sqlite3", to)
    return to


def _head(registry: Path, rows: int, folder: Path) -> Path:
    out = folder / "head.csv"
    with registry.open() as whole, out.open("w") as part:
        part.writelines(islice(whole, rows + 1))
    return out


def _import(file: Path, environment: dict[str, str]) -> tuple[float, dict[str, int]]:
    command = ["import", "organisations", str(file), "--centre", "principal", "--json"]
    began = time.perf_counter()
    done = subprocess.run(
        [str(Path(sys.executable).with_name("yanapay")), *command],
        env=environment,
        stdout=subprocess.PIPE,
        check=False,
    )
    seconds = time.perf_counter() - began
    counts: dict[str, int] = json.loads(done.stdout)
    return seconds, counts


class _Saver:
    """Another person, who saves a record every half second while the import runs."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._seconds: list[float] = []

    def __enter__(self) -> "_Saver":
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SAVER], env=self._environment, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._seconds = [float(line) for line in self._process.communicate()[0].split()]

    def told(self) -> dict[str, float | int]:
        if len(self._seconds) < 2:
            return {"saves": len(self._seconds)}
        p95 = statistics.quantiles(self._seconds, n=20)[-1]
        return {"saves": len(self._seconds), "save_median": round(statistics.median(self._seconds), 3),
                "save_p95": round(p95, 3), "save_max": round(max(self._seconds), 3)}  # fmt: skip


def _executemany(source: Path, target: Path) -> float:
    """Seconds that plain executemany takes for the rows of ``source``; reading them is not counted."""
    import sqlite3  # noqa: PLC0415  only the baseline needs it

    read = sqlite3.connect(source)
    write = sqlite3.connect(target, isolation_level=None)
    write.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=OFF;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-262144; PRAGMA mmap_size=1073741824;"
        "PRAGMA wal_autocheckpoint=8000;"
    )
    seconds = 0.0
    for table in TABLES:
        seconds += _write_table(table, read, write)
    return seconds


def _write_table(table: str, read: Any, write: Any) -> float:
    have = write.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0
    cursor = read.execute(f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid", [have])
    names = [column[0] for column in cursor.description]
    statement = (
        f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    )
    seconds = 0.0
    for rows in _parts(cursor):
        began = time.perf_counter()
        write.execute("BEGIN IMMEDIATE")
        write.executemany(statement, rows)
        write.execute("COMMIT")
        seconds += time.perf_counter() - began
    return seconds


def _parts(cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("registry", type=Path)
    parser.add_argument("--rows", type=int)
    parser.add_argument(
        "--url", default="", help="a PostgreSQL database to import into instead of SQLite"
    )
    parser.add_argument("--keep", type=Path, help="leave the filled installation here")
    arguments = parser.parse_args()
    print(
        json.dumps(
            measure(arguments.registry, arguments.rows, arguments.url, arguments.keep), indent=1
        )
    )
