"""How alike the pairs are, by the shipped model: three statements of DuckDB.

What is cheap comes first: levels need both rows of a pair, rarity needs how often each value occurs among all
rows, and is looked up for the pairs that it can still bring over the threshold.
"""

from math import log2

import duckdb

from yanapay.linkage.queries.weighing import Comparison, comparisons
from yanapay.linkage.rules import expected_match_rate

COMPARED = (
    "name", "words", "trade_name", "owner", "phone", "tax_id", "area", "address", "activity", "latitude",
    "longitude",
)  # fmt: skip
#: Of a record with two phones, the one that the other record has too; the first when it has none of them.
_PHONES = (
    "CASE WHEN l.phone_2 IN (r.phone, r.phone_2) THEN l.phone_2 ELSE l.phone END AS phone_l, "
    "CASE WHEN l.phone_2 IN (r.phone, r.phone_2) THEN l.phone_2"
    " WHEN l.phone = r.phone_2 THEN r.phone_2 ELSE r.phone END AS phone_r"
)
NEVER = 1_000.0  # bits; beyond what all weights together can say


def compare(con: duckdb.DuckDBPyConnection, threshold: float) -> None:
    """From tables ``record`` and ``pair`` to table ``scored``: levels, weights and their sum as a probability.

    Pairs below ``threshold`` (a probability) are left out, most of them before rarity is looked up.
    """
    rows = int(con.execute("SELECT count(*) FROM record").fetchall()[0][0])
    rare = [one for one in comparisons() if one.rare_levels]
    gained = sum(one.most_gained(rows) for one in rare)
    least = _log_odds(threshold)
    weights = (f"weight_{one.name}" for one in comparisons())
    total = " + ".join([str(_log_odds(expected_match_rate(rows))), *weights])
    _level(con)
    _weigh(con, f"{total} >= {least - gained}")
    _count_others(con, rare)
    _weigh_by_rarity(con, rare, rows, total, least)


def _level(con: duckdb.DuckDBPyConnection) -> None:
    """Table ``leveled``: the level of each pair in each comparison."""
    others = (f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in COMPARED if name != "phone")
    sides = ", ".join([_PHONES, *others])
    levels = ", ".join(one.level for one in comparisons())
    con.execute(
        f"CREATE OR REPLACE TABLE leveled AS SELECT id_l, id_r, {levels} FROM ("  # noqa: S608
        f"SELECT l.id AS id_l, r.id AS id_r, {sides} FROM pair "
        "JOIN record AS l ON l.id = join_key_l JOIN record AS r ON r.id = join_key_r)"
    ).fetchall()


def _weigh(con: duckdb.DuckDBPyConnection, promising: str) -> None:
    """Table ``weighed``: the pairs of ``leveled`` that can still reach the threshold, with their weights."""
    weights = ", ".join(one.weight for one in comparisons())
    con.execute(
        f"CREATE OR REPLACE TABLE weighed AS FROM (SELECT *, {weights} FROM leveled) WHERE {promising}"  # noqa: S608
    ).fetchall()


def _count_common(con: duckdb.DuckDBPyConnection, column: str) -> None:
    """Table ``common_<column>``: the values that more than one record has; the others are rare."""
    con.execute(
        f"CREATE OR REPLACE TABLE common_{column} AS SELECT {column} AS value, count(*) AS records "  # noqa: S608
        f"FROM record WHERE {column} IS NOT NULL GROUP BY {column} HAVING count(*) > 1"
    ).fetchall()


def _count_others(con: duckdb.DuckDBPyConnection, rare: list[Comparison]) -> None:
    """Table ``others``: for each record of a weighed pair, how many more have its values."""
    for one in rare:
        _count_common(con, one.name)
    counts = ", ".join(one.others for one in rare)
    joins = " ".join(
        f"LEFT JOIN common_{c.name} ON common_{c.name}.value = record.{c.name}" for c in rare
    )
    con.execute(
        f"CREATE OR REPLACE TABLE others AS SELECT id, {counts} FROM record {joins} "  # noqa: S608
        "WHERE id IN (SELECT id_l FROM weighed UNION ALL SELECT id_r FROM weighed)"
    ).fetchall()


def _weigh_by_rarity(
    con: duckdb.DuckDBPyConnection, rare: list[Comparison], rows: int, total: str, least: float
) -> None:
    corrected = ", ".join(one.weight_by_rarity(rows) for one in rare)
    con.execute(
        "CREATE OR REPLACE TABLE scored AS SELECT *, 1 / (1 + pow(2, -match_weight)) AS match_probability "  # noqa: S608
        f"FROM (SELECT *, {total} AS match_weight FROM (SELECT weighed.* REPLACE ({corrected}) FROM weighed "
        "JOIN others AS l ON l.id = id_l JOIN others AS r ON r.id = id_r)) "
        f"WHERE match_weight >= {least}"
    ).fetchall()


def _log_odds(probability: float) -> float:
    """A probability in bits; zero is far below all that weights can say."""
    return log2(probability / (1 - probability)) if probability else -NEVER
