"""Write the shipped linkage model, trained on generated registries whose duplicates are known.

    python -m bench.train_linkage [--rows 200000] [--out MODEL.json]

The registries are drawn with another seed than the one that is measured. The m probabilities are counted over
the true pairs of the standard and the harsh profile together, the u probabilities over two million random
pairs. Both are smoothed: no level may be rarer among true pairs than ``FLOOR``, because real offices err in
ways that no generator does, nor among random pairs than ``RARE``; a level of nearly equal values is at least a
quarter as likely by chance as equality, so that its weight stays near that of equality.
"""

import argparse
import csv
import json
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from bench.linkage_levels import COMPARISONS, Level
from bench.registry import HEADERS, PROFILES, Registry
from yanapay.linkage.queries.comparing import prepare
from yanapay.linkage.queries.weighing import DATA

FLOOR = 0.02
RARE = 1e-6
RARE_POINT = 1e-4  # most of what nearness says is already said by the area
THRESHOLD = 0.9
ASSUMED = {
    "tax_id": [0.0, 0.93, 0.04, 0.03]
}  # the importer joins equal tax ids: no true pair is left to count
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--out", type=Path, default=Path(str(DATA / "model_2026.json")))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        files = [_generate(Path(place), profile, args.rows) for profile in PROFILES]
        m = [_m(registry, truth) for registry, truth in files]
        u = _u(files[0][0])
    model = {
        "version": "2026.1", "threshold": THRESHOLD,
        "comparisons": [_comparison(name, levels, m, u) for name, levels in COMPARISONS.items()],
    }  # fmt: skip
    args.out.write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n")


def _generate(place: Path, profile: str, rows: int) -> tuple[Path, Path]:
    registry, truth = place / f"{profile}.csv", place / f"{profile}.truth.csv"
    with registry.open("w", newline="") as out, truth.open("w", newline="") as pairs:
        writer, true = csv.DictWriter(out, HEADERS), csv.writer(pairs)
        writer.writeheader()
        true.writerow(["left_id", "right_id"])
        for row, original in Registry(rows, profile, SEED).rows():
            writer.writerow(row)
            if original:
                true.writerow([original, row["source_id"]])
    return registry, truth


def load(con: duckdb.DuckDBPyConnection, registry: Path) -> None:
    """Table ``organisation`` from a generated registry, as the directory would hand it over."""
    con.execute(
        "CREATE TABLE organisation AS SELECT row_number() OVER () AS id, source_id AS source_key, "
        + ", ".join(
            f"coalesce({column}, '') AS {name}"
            for name, column in {
                "name": "name", "trade_name": "trade_name", "phone": "phone", "tax_id": "tax_id",
                "area": "ubigeo", "address": "address", "activity": "activity", "latitude": "latitude",
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
        for column in ("name", "trade_name", "words", "owner", "phone", "tax_id", "area",
                       "activity", "address", "latitude", "longitude")
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
    shares_m = ASSUMED.get(name) or _shares([counts[name] for counts in m], FLOOR)
    shares_u = _shares([u[name]], RARE_POINT if name == "point" else RARE)
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
