"""The import against COPY, the search and the pages once more, on PostgreSQL: Debian's server if installed.

    python -m bench.measure_postgresql [REGISTRY.csv] [--place FOLDER] [--again]

``--again`` measures search and pages in a database filled before.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.installation import environment
from bench.postgresql import database, fresh, server
from bench.table import HOME, REGISTRY, Row, hand_in

FILLED, PLAIN = "bench_filled", "bench_plain"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("registry", type=Path, nargs="?", default=REGISTRY)
    parser.add_argument("--place", type=Path, help="where the server keeps its data")
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-pg-home-") as folder:
        place = asked.place or (HOME.parent / "postgresql" if HOME else Path(folder) / "server")
        with server(place) as address:
            rows = [] if asked.again else _imported(asked.registry, address, Path(folder))
            around = environment(Path(folder) / "home", database(address, FILLED))
            for name in ("measure_search", "measure_pages"):
                rows += _run(name, [], around, Path(folder))
    hand_in([row._replace(measure=_named(row.measure)) for row in rows])


def _imported(registry: Path, address: str, folder: Path) -> list[Row]:
    places = ["--url", fresh(address, FILLED), "--plain", fresh(address, PLAIN)]
    keep = ["--keep", str(folder / "home")]
    return _run(
        "measure_import", [str(registry), *places, *keep], environment(folder / "home"), folder
    )


def _run(name: str, arguments: list[str], around: dict[str, str], folder: Path) -> list[Row]:
    result = folder / f"{name}.json"
    command = [sys.executable, "-m", f"bench.{name}", *arguments]
    subprocess.run(command, env=around | {"BENCH_RESULT": str(result)}, check=True)
    return [Row(**row) for row in json.loads(result.read_text())]


def _named(measure: str) -> str:
    return measure if "PostgreSQL" in measure else f"{measure}, PostgreSQL"


if __name__ == "__main__":
    main()
