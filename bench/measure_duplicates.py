"""Linkage at national scale: time, memory, precision and recall against the truth of the generator.

    python -m bench.measure_duplicates REGISTRY.csv TRUTH.csv [--threshold P] [--against-recordlinkage] [--json]

Reads the registry as the directory would hand it over (folded rows in DuckDB), blocks, scores with the shipped
model and compares the pairs at or above the threshold with the true ones.
"""

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

import duckdb

from bench.train_linkage import load, load_truth
from yanapay.linkage.queries import comparing


def measure(registry: Path, truth: Path, threshold: float | None = None) -> dict[str, Any]:
    """One run over a generated registry; seconds by step and the quality reached."""
    con = comparing.connect()
    load(con, registry)
    load_truth(con, truth)
    seconds: dict[str, float] = {}
    rows = _timed(seconds, "prepare", lambda: comparing.prepare(con))
    candidates = _timed(seconds, "block", lambda: comparing.block(con))
    lowest = comparing.model()["threshold"] if threshold is None else threshold
    _timed(seconds, "score", lambda: comparing.compare(con, 0.01))
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
    return round(row[0] / max(total[0], 1), 4)


def _timed(seconds: dict[str, float], name: str, step: Any) -> Any:
    start = time.perf_counter()
    result = step()
    seconds[name] = round(time.perf_counter() - start, 1)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registry", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--threshold", type=float)
    args = parser.parse_args()
    print(json.dumps(measure(args.registry, args.truth, args.threshold), indent=1))


if __name__ == "__main__":
    main()
