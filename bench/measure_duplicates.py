"""Linkage at national scale: time, memory, precision and recall against the truth of the generator.

    python -m bench.measure_duplicates [REGISTRY.csv TRUTH.csv] [--threshold P]

Reads the registry as the directory would hand it over (folded rows in DuckDB), blocks, scores with the shipped
model and compares the pairs at or above the threshold with the true ones. Then, on 200,000 rows, the same
candidate pairs scored by the package ``recordlinkage`` (equal weights, the best of its thresholds), and the
harsher profile.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import pandas
import recordlinkage

from bench.registry import write
from bench.table import REGISTRY, SMALL, TRUTH, Row, at_least, at_most, hand_in
from bench.train_linkage import load, load_truth
from yanapay.linkage.queries import comparing, scoring, weighing


def measure(registry: Path, truth: Path, threshold: float | None = None) -> dict[str, Any]:
    """One run over a generated registry; seconds by step and the quality reached."""
    con = comparing.connect()
    load(con, registry)
    load_truth(con, truth)
    seconds: dict[str, float] = {}
    rows = _timed(seconds, "prepare", lambda: comparing.prepare(con))
    candidates = _timed(seconds, "block", lambda: comparing.block(con))
    lowest = weighing.model()["threshold"] if threshold is None else threshold
    _timed(seconds, "score", lambda: scoring.compare(con, 0.01))
    return {
        "rows": rows, "candidates": candidates, "seconds": seconds,
        "total_seconds": round(sum(seconds.values()), 1),
        "blocking_recall": _share(con, "SELECT join_key_l AS l, join_key_r AS r FROM pair"),
        **quality(con, lowest),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def quality(con: duckdb.DuckDBPyConnection, threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of table ``scored`` against table ``truth`` at a threshold."""
    found, right, true = con.execute(
        "SELECT (SELECT count(*) FROM scored WHERE match_probability >= $1), "
        "(SELECT count(*) FROM scored JOIN truth ON l = id_l AND r = id_r WHERE match_probability >= $1), "
        "(SELECT count(*) FROM truth)",
        [threshold],
    ).fetchall()[0]
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"threshold": threshold, "precision": round(precision, 4), "recall": round(recall, 4),
            "f1": round(f1, 4), "found": found, "true": true}  # fmt: skip


def _share(con: duckdb.DuckDBPyConnection, pairs: str) -> float:
    row = con.execute(f"SELECT count(*) FROM truth JOIN ({pairs}) p USING (l, r)").fetchall()[0]
    total = con.execute("SELECT count(*) FROM truth").fetchall()[0]
    return float(round(row[0] / max(total[0], 1), 4))


def _timed(seconds: dict[str, float], name: str, step: Any) -> Any:
    start = time.perf_counter()
    result = step()
    seconds[name] = round(time.perf_counter() - start, 1)
    return result


def against_recordlinkage(registry: Path, truth: Path) -> dict[str, dict[str, float]]:
    """The same candidate pairs scored by both; recordlinkage gets the best of its thresholds."""
    con = comparing.connect()
    load(con, registry)
    load_truth(con, truth)
    comparing.prepare(con)
    comparing.block(con)
    seconds: dict[str, float] = {}
    frame = con.execute("SELECT * FROM record").df().set_index("id").fillna("")
    pairs = con.execute("SELECT join_key_l AS l, join_key_r AS r FROM pair").df()
    _timed(seconds, "ours", lambda: scoring.compare(con, 0.01))
    ours = quality(con, weighing.model()["threshold"])
    theirs = _timed(seconds, "recordlinkage", lambda: _recordlinkage(frame, pairs))
    best: dict[str, float] = {"f1": 0.0}
    for least in [step / 4 for step in range(4, 28)]:
        con.register("theirs", theirs[theirs.score >= least])
        con.execute(
            "CREATE OR REPLACE TABLE scored AS "
            "SELECT l AS id_l, r AS id_r, 1.0 AS match_probability FROM theirs"
        ).fetchall()
        best = max(best, quality(con, 0.5) | {"threshold": least}, key=lambda found: found["f1"])
    return {"ours": ours | {"seconds": seconds["ours"]},
            "recordlinkage": best | {"seconds": seconds["recordlinkage"]}}  # fmt: skip


def _recordlinkage(frame: Any, pairs: Any) -> Any:
    compare = recordlinkage.Compare()
    for column in ("name", "trade_name", "owner", "address"):
        compare.string(column, column, method="jarowinkler")
    for column in ("phone", "area", "activity", "tax_id"):
        compare.exact(column, column)
    index = pandas.MultiIndex.from_frame(pairs)
    return compare.compute(index, frame).sum(axis=1).rename("score").reset_index()


def results(measured: dict[str, Any], versus: dict[str, dict[str, float]]) -> list[Row]:
    """The rows of the table of ``make bench``."""
    ours, theirs = versus["ours"], versus["recordlinkage"]
    return [
        at_most("duplicates over all rows", measured["total_seconds"], 180, " s"),
        at_least("duplicates: precision", measured["precision"], 0.98),
        at_least("duplicates: recall", measured["recall"], 0.92),
        at_least("F1 against recordlinkage, same pairs", ours["f1"], theirs["f1"]),
        at_most("seconds against recordlinkage", ours["seconds"], theirs["seconds"], " s"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registry", type=Path, nargs="?", default=REGISTRY)
    parser.add_argument("truth", type=Path, nargs="?", default=TRUTH)
    parser.add_argument("--threshold", type=float)
    parser.add_argument("--only-against-recordlinkage", action="store_true")
    args = parser.parse_args()
    if args.only_against_recordlinkage:
        print(json.dumps(against_recordlinkage(args.registry, args.truth), indent=1))
        return
    measured = measure(args.registry, args.truth, args.threshold)
    print(json.dumps(measured, indent=1))
    with tempfile.TemporaryDirectory() as place:
        sample = Path(place) / "sample.csv", Path(place) / "truth.csv"
        rows = 20_000 if SMALL else 200_000
        write(sample[0], rows, "standard", sample[1])
        versus = against_recordlinkage(*sample)
        print(json.dumps(versus, indent=1))
        write(sample[0], rows, "harsh", sample[1])
        print(json.dumps({"harsh": measure(*sample)}, indent=1))
    hand_in(results(measured, versus))


if __name__ == "__main__":
    main()
