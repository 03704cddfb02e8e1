"""Write the shipped linkage model from generated registries with known duplicates.

    python -m bench.train_linkage REGISTRY.csv TRUTH.csv [REGISTRY.csv TRUTH.csv ...] --out MODEL.json

The m probabilities are counted over the true pairs (of all profiles given), the u probabilities over
two million random pairs of the first registry. Both are smoothed, and no level may be rarer among true pairs
than :data:`FLOOR`: real offices err in ways that no generator does.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import duckdb

from bench.linkage_levels import COMPARISONS, Level
from yanapay.linkage.queries.comparing import prepare

FLOOR = 0.01
RARE = 1e-6
THRESHOLD = 0.9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pairs = list(zip(args.files[::2], args.files[1::2], strict=True))
    m = [_m(*pair) for pair in pairs]
    u = _u(pairs[0][0])
    model = {
        "version": "2026.1",
        "threshold": THRESHOLD,
        "link_type": "dedupe_only",
        "comparisons": [_comparison(name, levels, m, u) for name, levels in COMPARISONS.items()],
    }
    args.out.write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n")


def load(con: duckdb.DuckDBPyConnection, registry: Path) -> None:
    """Table ``organisation`` from a generated registry, as the directory would hand it over."""
    con.execute(
        "CREATE TABLE organisation AS SELECT row_number() OVER () AS id, source_id AS source_key, "
        + ", ".join(
            f"coalesce({column}, '') AS {name}"
            for name, column in {
                "name": "name", "trade_name": "trade_name", "phone": "phone", "tax_id": "tax_id",
                "area": "ubigeo", "activity": "activity", "latitude": "latitude",
                "longitude": "longitude", "owner": "owner_name",
            }.items()
        )
        + " FROM read_csv(?, all_varchar = true)",
        [str(registry)],
    )  # fmt: skip


def load_truth(con: duckdb.DuckDBPyConnection, truth: Path) -> None:
    """Table ``truth`` (l, r) with l < r, in the ids of ``organisation``."""
    con.execute(
        "CREATE TABLE truth AS SELECT least(a.id, b.id) AS l, greatest(a.id, b.id) AS r "
        "FROM read_csv(?, all_varchar = true) t JOIN organisation a ON a.source_key = t.left_id "
        "JOIN organisation b ON b.source_key = t.right_id",
        [str(truth)],
    )


def _m(registry: Path, truth: Path) -> dict[str, list[int]]:
    con = duckdb.connect()
    load(con, registry)
    load_truth(con, truth)
    prepare(con)
    return _counts(con, "SELECT l AS id_l, r AS id_r FROM truth")


def _u(registry: Path) -> dict[str, list[int]]:
    con = duckdb.connect()
    load(con, registry)
    prepare(con)
    rows = con.execute("SELECT count(*) FROM record").fetchall()[0][0]
    con.execute("SELECT setseed(0.42)")
    drawn = (
        f"SELECT 1 + floor(random() * {rows})::BIGINT AS id_l, "
        f"1 + floor(random() * {rows})::BIGINT AS id_r FROM range(2000000)"
    )
    con.execute(f"CREATE TABLE drawn AS {drawn}")
    return _counts(con, "SELECT * FROM drawn WHERE id_l <> id_r")


def _counts(con: duckdb.DuckDBPyConnection, pairs: str) -> dict[str, list[int]]:
    """For each comparison, how many pairs fall into each of its levels (the null level first)."""
    sides = ", ".join(
        f"{side}.{column} AS {column}_{side}"
        for side in ("l", "r")
        for column in ("name", "trade_name", "words", "owner", "phone", "tax_id", "area", "province",
                       "activity", "latitude", "longitude")
    )  # fmt: skip
    con.execute(
        f"CREATE TABLE compared AS SELECT {sides} FROM ({pairs}) p "
        "JOIN record l ON l.id = id_l JOIN record r ON r.id = id_r"
    )
    found = {}
    for name, levels in COMPARISONS.items():
        cases = " ".join(f"WHEN {level.sql} THEN {n}" for n, level in enumerate(levels[:-1]))
        counted = dict(
            con.execute(
                f"SELECT CASE {cases} ELSE {len(levels) - 1} END AS level, count(*) FROM compared GROUP BY 1"
            ).fetchall()
        )
        found[name] = [counted.get(n, 0) for n in range(len(levels))]
    return found


def _comparison(
    name: str, levels: list[Level], m: list[dict[str, list[int]]], u: dict[str, list[int]]
) -> dict[str, Any]:
    shares_m = _shares([counts[name] for counts in m], FLOOR)
    shares_u = _shares([u[name]], RARE)
    return {
        "output_column_name": name,
        "comparison_levels": [
            _level(level, shares_m[n], max(shares_u[n], shares_u[1] / 4 if level.rare else 0))
            for n, level in enumerate(levels)
        ],
    }


def _shares(counts: list[list[int]], floor: float) -> list[float]:
    """Shares of the levels after the null level, the mean of several counts, none under the floor."""
    total = [sum(column) for column in zip(*counts, strict=True)]
    known = sum(total[1:]) or 1
    raw = [0.0] + [max(n / known, floor) for n in total[1:]]
    return [share / sum(raw) for share in raw]


def _level(level: Level, m: float, u: float) -> dict[str, Any]:
    written: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.label}
    if level.is_null:
        return {**written, "is_null_level": True}
    written |= {"m_probability": round(m, 6), "u_probability": float(f"{u:.3g}")}
    if level.rare:
        written |= {"tf_adjustment_column": level.rare, "tf_adjustment_weight": 1.0}
    return written


if __name__ == "__main__":
    main()
