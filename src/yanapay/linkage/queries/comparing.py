"""Record linkage in memory, step by step: the rows, the pairs worth comparing, the pairs found.

DuckDB does all of it; how alike the pairs of table ``pair`` are is the matter of ``scoring``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from yanapay.linkage.queries.weighing import DATA, comparisons, model
from yanapay.linkage.rules import Reason


@dataclass(frozen=True)
class ScoredPair:
    """Two records that may be one: ids with ``left < right``, probability, and why."""

    left: int
    right: int
    score: float
    reasons: list[Reason]


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


def scored_pairs(con: duckdb.DuckDBPyConnection) -> Iterator[ScoredPair]:
    """The rows of table ``scored`` at or above the shipped threshold, best first."""
    found = con.execute(
        "FROM scored WHERE match_probability >= ? ORDER BY match_probability DESC, id_l, id_r",
        [model()["threshold"]],
    )
    names = [column[0] for column in found.description]
    for row in found.fetchall():
        pair = dict(zip(names, row, strict=True))
        yield ScoredPair(pair["id_l"], pair["id_r"], pair["match_probability"], _reasons(pair))


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


def _reasons(pair: dict[str, Any]) -> list[Reason]:
    return [
        Reason(one.name, one.label(pair[f"gamma_{one.name}"]), round(pair[f"weight_{one.name}"], 2))
        for one in comparisons()
    ]


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])
