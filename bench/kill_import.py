"""An import killed at random moments, again and again, must end as if it had never been disturbed.

    python -m bench.kill_import REGISTRY.csv [--rows 200000] [--rounds 4] [--kills 5] [--postgresql]

Each round takes a file into a fresh installation and kills that import several times, at points drawn over the
loading: the rows loaded are watched, not the clock. A few points fall before the first row, while the file is
checked, or after the last, while the batch is published. After each SIGKILL the database must be whole and show
nothing of the batch; the run after the last kill must publish every row once, and one more must find all of
them unchanged. Prints JSON; exit status 1 if anything failed.
"""

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.installation import environment, head, make_ready, run_import
from bench.postgresql import fresh, server

SOON = 3.0
"""Seconds: the file is still being checked."""
TRANSACTION = {"sqlite": 1.0, "postgresql": 5.0}
"""Seconds that one of the loading takes: progress is seen when one ends, and the kill falls within the next."""
BEFORE, AFTER = -0.1, 1.1
"""Aims below 0 fall into the checking, above 1 into the publishing."""
_PROGRESS = (
    "SELECT progress, total FROM directory_import_batch WHERE state = 'loading' "
    "ORDER BY id DESC LIMIT 1"
)
_LOOK = """
import json
import django; django.setup()
from django.db import DatabaseError, connection
from django.db.models import Sum
from yanapay.directory.choices import BatchState
from yanapay.directory.models import ImportBatch, Organisation, Person, Tally
def ask(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
faults = []
if connection.vendor == "sqlite":
    faults += [said for said, in ask("PRAGMA integrity_check") if said != "ok"]
    faults += [f"{row[0]} {row[1]} points nowhere" for row in ask("PRAGMA foreign_key_check")]
    for index in ("directory_organisation_words", "directory_person_words"):
        try:
            ask(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            faults.append(f"{index}: {error}")
batch = ImportBatch.objects.exclude(state=BatchState.DISCARDED).order_by("-pk").first()
state = batch.state if batch else ""
stored = Organisation.objects.filter(batch__isnull=False)
people = Person.objects.filter(batch__isnull=False)
loaded, shown = stored.count(), stored.live().count()
tally = Tally.objects.filter(centre__code="principal").aggregate(n=Sum("n"))["n"] or 0
if tally != shown:
    faults.append(f"the tally says {tally}, the lists {shown}")
if state != BatchState.PUBLISHED and (shown or people.live().exists()):
    faults.append(f"{shown} rows of a batch that is {state} are shown")
if batch and state != BatchState.PUBLISHED and loaded != batch.progress:
    faults.append(f"{loaded} rows are stored and {batch.progress} counted")
print(json.dumps({"state": state, "loaded": loaded, "faults": faults}))
"""


class Watch:
    """How far the import is that runs in an installation."""

    def __init__(self, around: dict[str, str]) -> None:
        url, home = around.get("DATABASE_URL"), around["YANAPAY_HOME"]
        self._at: Any = (
            psycopg.connect(url, autocommit=True)
            if url
            else sqlite3.connect(f"file:{home}/yanapay.sqlite3?mode=ro", uri=True)
        )

    def __enter__(self) -> "Watch":
        return self

    def __exit__(self, *_: object) -> None:
        self._at.close()

    def share(self) -> float:
        """Loaded rows among all of the file; -1 while none is being loaded."""
        found = self._at.execute(_PROGRESS).fetchone()
        return float(found[0] / found[1]) if found and found[1] else -1.0


class Trial:
    """One installation that takes a file in."""

    def __init__(self, file: Path, home: Path, url: str, draw: random.Random) -> None:
        self._file, self._draw = file, draw
        self._transaction = TRANSACTION["postgresql" if url else "sqlite"]
        self.around = environment(home, url)
        make_ready(self.around)

    def run(self) -> dict[str, int]:
        """Counts of an import that nobody disturbs."""
        return run_import(self._file, self.around)[1]

    def kill_at(self, aim: float) -> dict[str, Any]:
        """Start the import, kill it when it is there, and tell what is found then."""
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("yanapay")), "import", "organisations", str(self._file),
             "--centre", "principal", "--json"],
            env=self.around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait(process, aim)
        process.kill()
        ended = process.wait()
        seconds = round(time.perf_counter() - began, 1)
        return {"aim": round(aim, 3), "after": seconds, "killed": ended < 0, **self.look()}

    def _wait(self, process: "subprocess.Popen[bytes]", aim: float) -> None:
        if aim < 0:
            time.sleep(self._draw.uniform(0.3, SOON))
            return
        with Watch(self.around) as watch:
            while process.poll() is None and watch.share() < min(aim, 1.0):
                time.sleep(0.02)
        time.sleep(self._draw.uniform(0, self._transaction))

    def look(self) -> dict[str, Any]:
        """State of the newest batch, its stored rows, and what is wrong with the database."""
        done = subprocess.run(
            [sys.executable, "-c", _LOOK], env=self.around, stdout=subprocess.PIPE, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def disturb(trial: Trial, aims: list[float]) -> dict[str, Any]:
    """Kill at each aim, then let it finish; what was found."""
    kills = []
    for aim in aims:
        kills.append(trial.kill_at(aim))
        print(json.dumps(kills[-1]), file=sys.stderr, flush=True)
    last, again, end = trial.run(), trial.run(), trial.look()
    faults = [fault for look in (*kills, end) for fault in look["faults"]]
    whole = end["loaded"] == again["unchanged"] == again["rows"]
    told = {"kills": kills, "last": last, "again": again, "faults": faults, "all": whole}
    print(json.dumps({"all": whole, "faults": faults}), file=sys.stderr, flush=True)
    return told


@contextmanager
def _server(folder: Path, *, wanted: bool) -> Iterator[str]:
    if not wanted:
        yield ""
        return
    with server(folder / "server") as address:
        yield address


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("registry", type=Path)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--kills", type=int, default=5, help="in each round")
    parser.add_argument("--postgresql", action="store_true")
    asked, draw, rounds = parser.parse_args(), random.Random(7), []
    with tempfile.TemporaryDirectory(prefix="bench-kill-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server is another user's
        file = head(asked.registry, asked.rows, folder)
        with _server(folder, wanted=asked.postgresql) as address:
            for number in range(asked.rounds):
                url = fresh(address, "bench_kill") if address else ""
                trial = Trial(file, folder / f"home{number}", url, draw)
                aims = sorted(draw.uniform(BEFORE, AFTER) for _ in range(asked.kills))
                rounds.append(disturb(trial, aims))
                shutil.rmtree(folder / f"home{number}")
    print(json.dumps(rounds, indent=1))
    return int(any(one["faults"] or not one["all"] for one in rounds))


if __name__ == "__main__":
    sys.exit(main())
