"""How fast a registry goes in, against writing the same rows without any of the work.

    python -m bench.measure_import [REGISTRY.csv] [--rows N] [--keep HOME] [--url … --plain …]

Times ``yanapay import organisations``, then the very rows it wrote into the same tables of a fresh installation
by plain ``executemany`` (SQLite) or ``COPY`` (PostgreSQL: ``--url`` is the database to fill, ``--plain`` an
empty one beside it); bar for the ratio: 2. Meanwhile another person saves a record every half second.
``make bench`` keeps the filled SQLite installation for the measures that follow.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from bench import baselines
from bench.installation import Saver, copy_of, environment, head, make_ready, run_import
from bench.table import HOME, REGISTRY, Row, at_most, hand_in

ON_SQLITE = "import against executemany, SQLite"
ON_POSTGRESQL = "import against COPY, PostgreSQL"


def measure(registry: Path, rows: int | None, home: Path, url: str, plain: str) -> dict[str, Any]:
    """One import into a fresh installation in ``home`` and its baseline."""
    with tempfile.TemporaryDirectory(prefix="bench-import-", dir=home.parent) as folder:
        file = head(registry, rows, Path(folder)) if rows else registry
        around = environment(home, url)
        make_ready(around)
        if plain:
            make_ready(environment(home, plain))
        empty = copy_of(home, Path(folder) / "plain") if not url else None
        with Saver(around) as saver:
            seconds, counts, peak = run_import(file, around)
        baseline = (
            baselines.executemany(home / "yanapay.sqlite3", empty / "yanapay.sqlite3")
            if empty else baselines.copy(url, plain)
        )  # fmt: skip
    return {
        **{name: counts[name] for name in ("rows", "created", "rejected", "possible_duplicates")},
        "import_seconds": round(seconds, 1), "rows_per_second": round(counts["rows"] / seconds),
        "peak_mb": peak, **saver.told(),
        "baseline_seconds": round(baseline, 1), "ratio": round(seconds / baseline, 2),
    }  # fmt: skip


def results(told: dict[str, Any], *, on_sqlite: bool) -> list[Row]:
    """The rows of the table; where everybody may write at once nobody waits for the import."""
    rows = [
        at_most(ON_SQLITE if on_sqlite else ON_POSTGRESQL, told["ratio"], 2, " x"),
        at_most("peak memory of the import", told["peak_mb"], 1500, " MB"),
    ]
    if on_sqlite and told["saves"] > 1:
        rows.append(at_most("another person's save meanwhile, p95", told["save_p95"], 2, " s"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("registry", type=Path, nargs="?", default=REGISTRY)
    parser.add_argument("--rows", type=int)
    parser.add_argument(
        "--keep", type=Path, default=HOME, help="leave the filled installation here"
    )
    parser.add_argument("--url", default="", help="an empty PostgreSQL database to import into")
    parser.add_argument("--plain", default="", help="another one, for COPY")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-home-") as spare:
        home = asked.keep or Path(spare) / "home"
        home.mkdir(parents=True)  # never into an installation that somebody uses
        told = measure(asked.registry, asked.rows, home, asked.url, asked.plain)
    hand_in(results(told, on_sqlite=not asked.url), told)


if __name__ == "__main__":
    main()
