"""``make bench``: run every ``measure_*`` side by side on one generated registry and print one table.

Each measure is a module of its own, run in a process of its own, told where things are by environment:
``BENCH_REGISTRY`` and ``BENCH_TRUTH`` (the generated files), ``BENCH_SMALL`` (set in the quick round),
``YANAPAY_HOME`` (an installation of the bench; ``measure_import`` fills it for those after it) and
``BENCH_RESULT``: a JSON file where it writes its rows of the table, a list of
``{"measure": ..., "value": ..., "bar": ..., "holds": true}``. What it prints is shown as it comes.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.registry import write

HERE = Path(__file__).parent
OUT = HERE / "out"
NATIONAL, SMALL = 2_518_617, 20_000
FIRST = ["measure_import"]  # fills the installation that the others measure


def main() -> int:
    asked = argparse.ArgumentParser(prog="make bench")
    asked.add_argument(
        "--small", action="store_true", help="20,000 rows, for continuous integration"
    )
    asked.add_argument("--only", help="one measure, without measure_")
    options = asked.parse_args()
    place = OUT / ("small" if options.small else "national")
    environment = _environment(place, small=options.small)
    names = [f"measure_{options.only}"] if options.only else _measures()
    results = {name: _run(name, place, environment) for name in names}
    print(f"\n| {'measure':<52} | {'value':>18} | {'bar':>18} | holds |")
    print("\n".join(line for name in names for line in _lines(name, place, results[name])))
    return 0 if all(code == 0 for code, _ in results.values()) else 1


def _measures() -> list[str]:
    found = sorted(path.stem for path in HERE.glob("measure_*.py"))
    return [name for name in FIRST if name in found] + [name for name in found if name not in FIRST]


def _environment(place: Path, *, small: bool) -> dict[str, str]:
    """Generate the registry once and prepare an empty installation beside it."""
    registry, truth = place / "registry.csv", place / "truth.csv"
    place.mkdir(parents=True, exist_ok=True)
    if not truth.exists():
        write(registry, SMALL if small else NATIONAL, truth=truth)
    environment = os.environ | {
        "BENCH_REGISTRY": str(registry), "BENCH_TRUTH": str(truth), "BENCH_SMALL": "1" if small else "",
        "YANAPAY_HOME": str(place / "home"), "YANAPAY_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "yanapay.config.settings",
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "yanapay.cli.main", "init"], env=environment, check=True)
    return environment


def _run(name: str, place: Path, environment: dict[str, str]) -> tuple[int, float]:
    """Exit status and seconds of one measure."""
    print(f"\n== {name}", flush=True)
    result = place / f"{name}.json"
    result.unlink(missing_ok=True)
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"],
        env=environment | {"BENCH_RESULT": str(result)},
        check=False,
    )
    return done.returncode, time.monotonic() - begin


def _lines(name: str, place: Path, outcome: tuple[int, float]) -> list[str]:
    code, seconds = outcome
    result = place / f"{name}.json"
    rows = json.loads(result.read_text()) if result.exists() else []
    table = [
        f"| {row['measure']:<52} | {row['value']!s:>18} | {row['bar']!s:>18} | "
        f"{'yes' if row['holds'] else 'NO':<5} |"
        for row in rows
    ]
    summary = "done" if code == 0 else f"failed ({code})"
    return table or [f"| {name:<52} | {summary:>18} | {f'{seconds:.0f} s':>18} | {'':<5} |"]


if __name__ == "__main__":
    sys.exit(main())
