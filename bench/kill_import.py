"""An import killed at random moments, again and again, must end as if it had never been disturbed.

    python -m bench.kill_import REGISTRY.csv [--rows 20000] [--kills 20]

After each SIGKILL the database must be whole and show nothing of the batch; the run after the last kill
must publish every row once, and one more must find all of them unchanged. Prints JSON; exit status 1 if anything failed.
"""

# ruff: noqa: E501
import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.installation import environment, head, make_ready, run_import


def disturb(registry: Path, rows: int, kills: int, seed: int = 7) -> dict[str, Any]:
    """Kill as often as asked, then let it finish; what was found."""
    with tempfile.TemporaryDirectory(prefix="bench-kill-") as folder:
        home = Path(folder) / "home"
        around = environment(home)
        make_ready(around)
        file = head(registry, rows, Path(folder))
        draw, found, loaded = random.Random(seed), [], []
        quiet = _undisturbed_seconds(file, Path(folder))
        for _ in range(kills):
            _killed_after(draw.uniform(0.3, quiet), file, around)
            found += _faults(home / "yanapay.sqlite3")
            loaded.append(
                _one(
                    home / "yanapay.sqlite3",
                    "SELECT count(*) FROM directory_organisation WHERE batch_id > 0",
                )
            )
        _, last, _ = run_import(file, around)
        _, again, _ = run_import(file, around)
        stored = _one(
            home / "yanapay.sqlite3",
            "SELECT count(*) FROM directory_organisation WHERE batch_id > 0",
        )
        indexed = _one(
            home / "yanapay.sqlite3", "SELECT count(*) FROM directory_organisation_words"
        )
        return {"kills": kills, "loaded_at_kill": loaded, "faults": found, "last": last, "again": again,
                "stored": stored, "indexed": indexed, "all": stored == again["unchanged"] == rows}  # fmt: skip


def _undisturbed_seconds(file: Path, folder: Path) -> float:
    around = environment(folder / "quiet")
    make_ready(around)
    return run_import(file, around)[0]


def _killed_after(seconds: float, file: Path, around: dict[str, str]) -> None:
    command = [str(Path(sys.executable).with_name("yanapay")), "import", "organisations", str(file),
               "--centre", "principal", "--json"]  # fmt: skip
    process = subprocess.Popen(
        command, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.kill()
    process.wait()


def _faults(database: Path) -> list[str]:
    """What is wrong with the database: damage, or visible rows of an unpublished batch."""
    found = []
    if (said := _one(database, "PRAGMA integrity_check")) != "ok":
        found.append(str(said))
    con = sqlite3.connect(database)
    if broken := con.execute("PRAGMA foreign_key_check").fetchall():
        found.append(f"{len(broken)} rows point nowhere")
    states = {row[0] for row in con.execute(
        "SELECT DISTINCT b.state FROM directory_organisation o JOIN directory_import_batch b ON b.id = o.batch_id"
    )}  # fmt: skip
    if states - {"loading", "failed", "published"}:
        found.append(f"rows of batches in {states}")
    return found


def _one(database: Path, query: str) -> Any:
    return sqlite3.connect(database).execute(query).fetchone()[0]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("registry", type=Path)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    arguments = parser.parse_args()
    result = disturb(arguments.registry, arguments.rows, arguments.kills)
    print(json.dumps(result, indent=1))
    sys.exit(not (result["all"] and not result["faults"]))
