"""``make bench``: every measure, one after the other, on one generated registry; then one table.

Each measure is a module of its own, run in a process of its own, told where things are by environment:
``BENCH_REGISTRY`` and ``BENCH_TRUTH`` (the generated files), ``BENCH_SMALL`` (set in the quick round),
``BENCH_HOME`` (an installation that ``measure_import`` fills for those after it, which know it as
YANAPAY_HOME) and ``BENCH_RESULT``: a JSON file for its rows of the table (``bench.table``).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench.installation import environment
from bench.registry import NATIONAL, write
from bench.table import Row

HERE = Path(__file__).parent
OUT = HERE / "out"
SMALL = 20_000
FIRST = "import"
MEASURES = (
    FIRST, "search", "pages", "classify", "import_export", "duplicates", "postgresql", "assistance",
    "openrosa", "public",
)  # fmt: skip
ALONE = {"assistance", "openrosa", "public"}  # measures that fill an installation of their own


def main() -> int:
    asked = argparse.ArgumentParser(prog="make bench")
    asked.add_argument("--small", action="store_true", help="20,000 rows: a quick round")
    asked.add_argument(
        "--only", nargs="+", choices=MEASURES, default=MEASURES, metavar="NAME",
        help=f"of {', '.join(MEASURES)} (search, pages and classify need import once)",
    )  # fmt: skip
    asked.add_argument("--into", type=Path, default=OUT, help="the folder for files and databases")
    options = asked.parse_args()
    place = options.into / ("small" if options.small else "national")
    around = _prepared(place, small=options.small, alone=ALONE.issuperset(options.only))
    rows = [row for name in options.only for row in _run(name, place, around)]
    print(f"\n| {'measure':<46} | {'measured':>22} | {'bar':>12} | ok  |")
    print(f"|{'-' * 48}|{'-' * 24}|{'-' * 14}|-----|")
    for row in rows:
        print(
            f"| {row.measure:<46} | {row.value:>22} | {row.bar:>12} | {'yes' if row.holds else 'NO':<3} |"
        )
    return 0 if all(row.holds for row in rows) else 1


def _prepared(place: Path, *, small: bool, alone: bool) -> dict[str, str]:
    """Generate the registry once, unless no measure reads it; what the measures must know."""
    registry, truth = place / "registry.csv", place / "truth.csv"
    place.mkdir(parents=True, exist_ok=True)
    if not truth.exists() and not alone:
        print("Generating the registry", flush=True)
        write(registry, SMALL if small else NATIONAL, truth=truth)
    home = place / "home"
    return environment(home) | {
        "BENCH_REGISTRY": str(registry), "BENCH_TRUTH": str(truth), "BENCH_HOME": str(home),
        "BENCH_SMALL": "1" if small else "",
    }  # fmt: skip


def _run(name: str, place: Path, around: dict[str, str]) -> list[Row]:
    """The rows of one measure; a single one when it failed."""
    print(f"\n== {name}", flush=True)
    if name == FIRST:
        shutil.rmtree(place / "home", ignore_errors=True)
    result = place / f"{name}.json"
    result.unlink(missing_ok=True)
    began = time.monotonic()
    command = [sys.executable, "-m", f"bench.measure_{name}"]
    if name in ALONE:
        around = around | environment(place / name)
    done = subprocess.run(command, env=around | {"BENCH_RESULT": str(result)}, check=False)
    print(f"({time.monotonic() - began:.0f} s)")
    if done.returncode or not result.exists():
        return [Row(name, "failed", "", holds=False)]
    return [Row(**row) for row in json.loads(result.read_text())]


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
