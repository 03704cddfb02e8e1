"""Classify every organisation of a database under one scheme, against a plain read plus DuckDB's comparison.

Usage: python -m bench.measure_classify [DATABASE_URL] [--json]

Without an address the database of the installation (DATABASE_URL, YANAPAY_HOME) is measured. Both sides
read the same rows of the same database, in turns; the best of three runs of each counts. What DuckDB is given
as columns is built outside its time, so that the bar is the strictest reading of it.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

import django
import duckdb
import pyarrow as pa

from bench.table import at_most, hand_in

SCHEME = "cepal"  # by workers: up to 10 micro, up to 50 small, up to 100 medium
READ = """
    SELECT o.id, workers, annual_sales, currency, observed_on || ''
    FROM directory_organisation o LEFT JOIN directory_observation f ON f.organisation_id = o.id
"""  # the day as text: a date object for each row would flatter us
COMPARE = """
    SELECT CASE WHEN workers IS NULL OR workers = 0 THEN 'undetermined' WHEN workers <= 10 THEN 'micro'
                WHEN workers <= 50 THEN 'small' WHEN workers <= 100 THEN 'medium' ELSE 'none' END AS size,
           count(*)
    FROM rows GROUP BY size
"""
BAR = 3.0
T = TypeVar("T")


def main(arguments: list[str]) -> None:
    if addresses := [each for each in arguments if not each.startswith("-")]:
        os.environ["DATABASE_URL"] = addresses[0]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanapay.config.settings")
    django.setup()
    measured = measure()
    print(json.dumps(measured) if "--json" in arguments else as_text(measured))
    hand_in([at_most("classify against reading + DuckDB", round(measured["ratio"], 2), BAR, " x")])


def measure(rounds: int = 3) -> dict[str, Any]:
    """Rows, seconds of each part, the ratio and the bar; fails if the two sides count differently."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        rows = timed(best, "read", read)
        table = pa.table({"workers": [row[1] for row in rows]})
        compared = timed(best, "compare", partial(compare, table))
        total = len(rows)
        del rows, table
        counted = timed(best, "classify", classify)
        if counted != compared:
            raise SystemExit(f"The two sides differ: {counted} and {compared}")
    ratio = best["classify"] / (best["read"] + best["compare"])
    return {"measure": "classify", "rows": total, "seconds": best, "ratio": ratio, "bar": BAR}


def timed(best: dict[str, float], name: str, work: Callable[[], T]) -> T:
    start = perf_counter()
    done = work()
    best[name] = min(best.get(name, float("inf")), perf_counter() - start)
    return done


def read() -> list[tuple[Any, ...]]:
    with django.db.connection.cursor() as cursor:
        cursor.execute(READ)
        return list(cursor.fetchall())


def compare(rows: pa.Table) -> Counter[str]:
    with duckdb.connect() as database:
        database.register("rows", rows)
        return Counter(dict(database.execute(COMPARE).fetchall()))


def classify() -> Counter[str]:
    from yanapay.centres.queries import OPERATOR  # noqa: PLC0415  needs Django set up
    from yanapay.directory.queries.figures import population  # noqa: PLC0415
    from yanapay.kernel import sizes  # noqa: PLC0415

    counts = population(OPERATOR, sizes.scheme(SCHEME))
    return Counter({"".join(label.classes) or label.outcome: n for label, n in counts.items()})


def as_text(measured: dict[str, Any]) -> str:
    seconds = "  ".join(f"{part} {time:.2f} s" for part, time in measured["seconds"].items())
    return (
        f"classify {measured['rows']:,} rows: {seconds}  "
        f"ratio {measured['ratio']:.2f} (bar {measured['bar']})"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
