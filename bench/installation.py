"""An installation made for a measure: its environment, an import into it, and somebody who saves meanwhile."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

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
import time
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


def environment(home: Path, url: str = "") -> dict[str, str]:
    """What a process needs to work on the installation in ``home``; ``url`` names another database."""
    own = {
        "YANAPAY_HOME": str(home),
        "YANAPAY_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "yanapay.config.settings",
    }
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**others, **own, **({"DATABASE_URL": url} if url else {})}


def make_ready(around: dict[str, str]) -> None:
    """Tables, reference data, two centres and an organisation for somebody to save again and again."""
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=around, check=True)
    subprocess.run([sys.executable, "-c", _READY], env=around, check=True)


def copy_of(home: Path, to: Path) -> Path:
    """The same installation somewhere else; nobody may be writing."""
    to.mkdir(parents=True)
    shutil.copy(home / "yanapay.sqlite3", to)
    return to


def head(registry: Path, rows: int, folder: Path) -> Path:
    """The first rows of a registry as a file of its own."""
    out = folder / "head.csv"
    with registry.open() as whole, out.open("w") as part:
        part.writelines(islice(whole, rows + 1))
    return out


def run_import(file: Path, around: dict[str, str]) -> tuple[float, dict[str, int], int]:
    """Seconds, counts and peak memory (MB, with its helpers) of ``yanapay import organisations``."""
    command = [str(Path(sys.executable).with_name("yanapay")), "import", "organisations"]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, str(file), "--centre", "principal", "--json"], env=around, stdout=subprocess.PIPE
    )
    peak = 0
    while process.returncode is None:
        peak = max(peak, _memory(process.pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)
    seconds = time.perf_counter() - began
    counts: dict[str, int] = json.loads(process.stdout.read() if process.stdout else b"{}")
    return seconds, counts, peak // 1024


def _memory(pid: int) -> int:
    """KB of a process and its children: each page counted once, the mapped database included."""
    total = 0
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (str(pid), *children):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):  # it ended while we looked
        pass
    return total


class Saver:
    """Another person, who saves a record every half second while the import runs."""

    def __init__(self, around: dict[str, str]) -> None:
        self._environment = around
        self._seconds: list[float] = []

    def __enter__(self) -> "Saver":
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
