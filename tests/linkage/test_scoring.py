"""The weights are Splink's, pair by pair; what is left out early would have been left out in the end."""

from random import Random

import duckdb
import pytest
from splink import DuckDBAPI, Linker

from yanapay.linkage.queries import comparing, scoring
from yanapay.linkage.queries.weighing import ALONE, SHIPPED_ROWS, comparisons, model
from yanapay.linkage.rules import expected_match_rate

COLUMNS = (
    "source_key", "name", "trade_name", "phone", "tax_id", "area", "address", "activity", "latitude",
    "longitude", "owner",
)  # fmt: skip
NAMES = (
    "Lácteos Ccori Wayra S.A.C.",
    "Bodega San Martín",
    "Tejidos Sumaq",
    "Molino El Ángel",
    "Horno Santa Rosa",
)
OWNERS = ("Rosa Ccori Mamani", "Juan Quispe Huamán", "Elena Puma", "")


@pytest.fixture
def registry() -> duckdb.DuckDBPyConnection:
    """Three hundred organisations, many of which are one another with a slip of the pen."""
    con, draw = comparing.connect(), Random(5)
    con.execute(
        f"CREATE TABLE organisation (id BIGINT, {', '.join(f'{c} VARCHAR' for c in COLUMNS)})"
    )
    con.executemany(
        f"INSERT INTO organisation VALUES ({', '.join('?' * (len(COLUMNS) + 1))})",
        [(n, "", *_organisation(draw)) for n in range(300)],
    )
    comparing.prepare(con)
    comparing.block(con)
    return con


def test_every_pair_weighs_what_splink_says(registry: duckdb.DuckDBPyConnection) -> None:
    scoring.compare(registry, 0.0)
    ours = _scores(registry, "scored")
    theirs = _scores(registry, _by_splink(registry))
    assert len(ours) > 500
    assert ours.keys() == theirs.keys()
    assert all(ours[pair] == pytest.approx(theirs[pair], abs=1e-9) for pair in ours)


@pytest.mark.parametrize("threshold", [0.01, 0.5, 0.9])
def test_the_threshold_leaves_out_what_is_below_and_nothing_else(
    registry: duckdb.DuckDBPyConnection, threshold: float
) -> None:
    scoring.compare(registry, 0.0)
    found = registry.execute("SELECT id_l, id_r, match_probability FROM scored").fetchall()
    enough = {(left, right) for left, right, chance in found if chance >= threshold}
    scoring.compare(registry, threshold)
    assert _scores(registry, "scored").keys() == enough


def _organisation(draw: Random) -> list[str]:
    """Name to owner, in the order of the table."""
    name, trade, owner = draw.choice(NAMES), draw.choice((*NAMES, "", "")), draw.choice(OWNERS)
    phone, tax = f"98765432{draw.randrange(4)}", f"2010007097{draw.randrange(9)}"
    point = ("-13.5" + str(draw.randrange(3)), "-71.9") if draw.random() < 0.5 else ("", "")
    return [
        _slip(draw, name), _slip(draw, trade), draw.choice((phone, "")), draw.choice((tax, "", "")),
        draw.choice(("080101", "080102", "210101", "")), draw.choice(("Jr. Lima 5", "Jr. Lima 55", "")),
        draw.choice(("1050", "1410", "1411", "")), *point, _slip(draw, owner),
    ]  # fmt: skip


def _slip(draw: Random, text: str) -> str:
    """The text, or with a letter gone, or with its words in another order."""
    kind, at = draw.randrange(4), draw.randrange(len(text) + 1)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    return " ".join(reversed(text.split())) if kind == 1 else text


def _scores(con: duckdb.DuckDBPyConnection, table: str) -> dict[tuple[int, int], float]:
    found = con.execute(f"SELECT id_l, id_r, match_weight FROM {table}").fetchall()
    return {(left, right): weight for left, right, weight in found}


def _by_splink(con: duckdb.DuckDBPyConnection) -> str:
    """The same pairs with the same model by Splink; the name of its table."""
    rows, api = len(con.execute("FROM record").fetchall()), DuckDBAPI(connection=con)
    settings = {
        "link_type": "dedupe_only", "unique_id_column_name": "id",
        "probability_two_random_records_match": expected_match_rate(rows),
        "blocking_rules_to_generate_predictions": [], "comparisons": model()["comparisons"],
    }  # fmt: skip
    linker = Linker(api.register("record"), settings, log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(api.register("pair"))
    for column in (one.name for one in comparisons() if one.rare_levels):
        chance = next(one for one in comparisons() if one.name == column).levels
        usual = chance[max(chance)]["u_probability"] * SHIPPED_ROWS
        con.execute(
            f"CREATE TABLE tf_{column} AS SELECT {column}, "
            f"(greatest(count(*) - 1, {ALONE}) + {usual}) / {rows + SHIPPED_ROWS} AS tf_{column} "
            f"FROM record WHERE {column} IS NOT NULL GROUP BY {column}"
        )
        linker.table_management.register_term_frequency_lookup(api.register(f"tf_{column}"), column)
    return str(linker.inference.predict(warning_mode="never").physical_name)
