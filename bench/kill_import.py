"""An import killed at random moments, again and again, must end as if it had never been disturbed.

    python -m bench.kill_import REGISTRY.csv [--rows 20000] [--kills 20] [--postgresql]

Half of the kills come soon after the start, the others at any moment of the whole import; when it gets through
all the same the next one begins in a fresh installation. After each SIGKILL the database must be whole and show
nothing of the batch; the run after the last kill must publish every row once, and one more must find all of
them unchanged. Prints JSON; exit status 1 if anything failed.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.installation import environment, head, make_ready, run_import
from bench.postgresql import fresh, server

SOON = 3.0
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


class Trial:
    """One file taken in by installations that come one after the other."""

    def __init__(self, file: Path, folder: Path, address: str) -> None:
        self._file, self._folder, self._address = file, folder, address
        self._made = 0
        self.begin()

    def begin(self) -> None:
        """A fresh installation."""
        self._made += 1
        url = fresh(self._address, "bench_kill") if self._address else ""
        self.around = environment(self._folder / f"home{self._made}", url)
        make_ready(self.around)

    def run(self) -> tuple[float, dict[str, int]]:
        """Seconds and counts of an import that nobody disturbs."""
        return run_import(self._file, self.around)[:2]

    def kill_after(self, seconds: float) -> dict[str, Any]:
        """Start the import, kill it, and tell what is found then."""
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("yanapay")), "import", "organisations", str(self._file),
             "--centre", "principal", "--json"],
            env=self.around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(seconds)
        process.kill()
        process.wait()
        return {"after": round(seconds, 1), **self.look()}

    def look(self) -> dict[str, Any]:
        """State of the newest batch, its stored rows, and what is wrong with the database."""
        done = subprocess.run(
            [sys.executable, "-c", _LOOK], env=self.around, stdout=subprocess.PIPE, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def disturb(trial: Trial, rows: int, kills: int, seed: int = 7) -> dict[str, Any]:
    """Kill as often as asked, then let it finish; what was found."""
    quiet, draw, found = trial.run()[0], random.Random(seed), []
    trial.begin()
    for number in range(kills):
        found.append(trial.kill_after(draw.uniform(0.3, SOON if number % 2 else quiet)))
        print(json.dumps(found[-1]), file=sys.stderr, flush=True)
        if found[-1]["state"] == "published" and number < kills - 1:
            trial.begin()
    last, again, end = trial.run()[1], trial.run()[1], trial.look()
    faults = [fault for look in (*found, end) for fault in look["faults"]]
    whole = end["loaded"] == again["unchanged"] == rows
    return {"quiet_seconds": round(quiet, 1), "kills": found, "last": last, "again": again,
            "faults": faults, "all": whole}  # fmt: skip


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
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-kill-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server is another user's
        with _server(folder, wanted=asked.postgresql) as address:
            trial = Trial(head(asked.registry, asked.rows, folder), folder, address)
            told = disturb(trial, asked.rows, asked.kills)
    print(json.dumps(told, indent=1))
    return int(bool(told["faults"] or not told["all"]))


if __name__ == "__main__":
    sys.exit(main())
