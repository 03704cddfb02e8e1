"""Record linkage in memory: DuckDB says which pairs are worth comparing, Splink how alike they are.

The model is shipped (``data/model_2026.json``): a small centre has too little data to train one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker
from splink.internals.splink_dataframe import SplinkDataFrame

from yanapay.linkage.rules import Reason, expected_match_rate

DATA = files("yanapay.linkage") / "data"
WEIGHED_BY_RARITY = ("name", "trade_name", "phone", "area", "address", "activity", "owner")
SHIPPED_ROWS = 50_000


@dataclass(frozen=True)
class ScoredPair:
    """Two records that may be one: ids with ``left < right``, probability, and why."""

    left: int
    right: int
    score: float
    reasons: list[Reason]


@cache
def model() -> dict[str, Any]:
    """The shipped model: Splink's comparisons, a version and the threshold from which a pair is shown."""
    loaded: dict[str, Any] = json.loads((DATA / "model_2026.json").read_text())
    return loaded


def connect(memory: str = "4GB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """A database in memory for one run."""
    return duckdb.connect(
        config={"memory_limit": memory, "threads": threads, "preserve_insertion_order": False}
    )


def prepare(con: duckdb.DuckDBPyConnection) -> int:
    """From table ``organisation`` to table ``record``; returns how many records there are."""
    con.execute((DATA / "prepare.sql").read_text()).fetchall()
    return _one(con, "SELECT count(*) FROM record")


def block(con: duckdb.DuckDBPyConnection) -> int:
    """From table ``record`` to table ``pair``; returns how many pairs are worth comparing."""
    con.execute((DATA / "block.sql").read_text()).fetchall()
    return _one(con, "SELECT count(*) FROM pair")


def compare(con: duckdb.DuckDBPyConnection, threshold: float) -> None:
    """From tables ``record`` and ``pair`` to table ``scored``, by Splink with the shipped model.

    Pairs below ``threshold`` (a probability) are left out.
    """
    linker = _linker(con)
    predictions = linker.inference.predict(
        threshold_match_probability=threshold, warning_mode="never"
    )
    con.execute(f"CREATE OR REPLACE TABLE scored AS FROM {predictions.physical_name}")


def scored_pairs(con: duckdb.DuckDBPyConnection) -> Iterator[ScoredPair]:
    """The rows of table ``scored`` at or above the shipped threshold, best first."""
    labels = _labels()
    found = con.execute(
        "FROM scored WHERE match_probability >= ? ORDER BY match_probability DESC, id_l, id_r",
        [model()["threshold"]],
    )
    names = [column[0] for column in found.description]
    for row in found.fetchall():
        values = dict(zip(names, row, strict=True))
        yield ScoredPair(
            values["id_l"], values["id_r"], values["match_probability"],
            [Reason(name, label[values[f"gamma_{name}"]], _weight(values, name))
             for name, label in labels.items()],
        )  # fmt: skip


def write_pairs(con: duckdb.DuckDBPyConnection, out: Path) -> None:
    """All rows of table ``scored`` as CSV, by the key of the imported file, else by our own."""
    target = str(out).replace("'", "''")
    rows = (
        "SELECT coalesce(nullif(l.source_key, ''), l.id::VARCHAR) AS left_id, "
        "coalesce(nullif(r.source_key, ''), r.id::VARCHAR) AS right_id, "
        "round(match_probability, 6) AS score FROM scored "
        "JOIN organisation AS l ON l.id = id_l JOIN organisation AS r ON r.id = id_r "
        "ORDER BY score DESC, id_l, id_r"
    )
    con.execute(f"COPY ({rows}) TO '{target}' (HEADER, FORMAT csv)").fetchall()


def _linker(con: duckdb.DuckDBPyConnection) -> Linker:
    rows = _one(con, "SELECT count(*) FROM record")
    api = DuckDBAPI(connection=con)
    settings = {
        "link_type": "dedupe_only", "unique_id_column_name": "id",
        "probability_two_random_records_match": expected_match_rate(rows),
        "blocking_rules_to_generate_predictions": [],
        "comparisons": model()["comparisons"],
        "retain_matching_columns": True, "retain_intermediate_calculation_columns": True,
    }  # fmt: skip
    linker = Linker(api.register("record"), settings, log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(api.register("pair"))
    for column in WEIGHED_BY_RARITY:
        linker.table_management.register_term_frequency_lookup(
            _frequencies(con, api, column, rows), column
        )
    return linker


def _frequencies(
    con: duckdb.DuckDBPyConnection, api: DuckDBAPI, column: str, rows: int
) -> SplinkDataFrame:
    """How frequent each value is besides the pair itself; with few records, near the shipped figure."""
    usual = _chance_of_equality(column)
    con.execute(
        f"CREATE OR REPLACE TABLE frequency_{column} AS SELECT {column}, "  # noqa: S608
        f"(greatest(count(*) - 1, 0.5) + {usual * SHIPPED_ROWS}) / {rows + SHIPPED_ROWS} AS tf_{column} "
        f"FROM record WHERE {column} IS NOT NULL GROUP BY {column}"
    ).fetchall()
    return api.register(f"frequency_{column}")


def _chance_of_equality(column: str) -> float:
    comparison = next(c for c in model()["comparisons"] if c["output_column_name"] == column)
    return float(comparison["comparison_levels"][1]["u_probability"])


def _labels() -> dict[str, dict[int, str]]:
    """Comparison → value of its level → label. Splink numbers levels from the last (0) up; null is -1."""
    return {
        comparison["output_column_name"]: {
            -1 if level.get("is_null_level") else len(comparison["comparison_levels"]) - 1 - n:
            level["label_for_charts"]
            for n, level in enumerate(comparison["comparison_levels"])
        }
        for comparison in model()["comparisons"]
    }  # fmt: skip


def _weight(values: dict[str, Any], name: str) -> float:
    return round(float(values[f"mw_{name}"]) + float(values.get(f"mw_tf_adj_{name}") or 0.0), 2)


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])
