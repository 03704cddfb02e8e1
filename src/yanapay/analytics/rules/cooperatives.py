"""The cooperatives of Peru as the source prints them: a table by type whose rows do not add, and a census.

Source: annex 1 of the mapping of 2018; see ``data/SOURCES.md``. Pure but for reading the file.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yanapay.analytics.rules.crosstab import OPEN, Crosstab, Group, Row
from yanapay.kernel.messages import Message

PRINTED, CENSUS, REGIONS = "printed", "census_2017", "census_2017_regions"
TYPES = {
    "agrarias": Message("Agrarian"), "agraria_cafetalera": Message("Agrarian, coffee"),
    "ahorro_credito": Message("Savings and credit"), "artesanales": Message("Artisans"),
    "central": Message("Centrals"), "comunales": Message("Communal"), "consumo": Message("Consumption"),
    "industriales": Message("Industrial"), "mineras": Message("Mining"), "pesquera": Message("Fishing"),
    "productos_especiales": Message("Special products"), "educacionales": Message("Educational"),
    "servicios_especiales": Message("Special services"), "servicios_multiples": Message("Multiple services"),
    "trabajo_fomento_empleo": Message("Work and promotion of employment"),
    "transportes": Message("Transport"), "vivienda": Message("Housing"),
    "tipologia_no_identificada": Message("Type not identified"),
}  # fmt: skip
GROUPS = {
    PRINTED: Message("Annex 1, table by type (undated)"),
    CENSUS: Message("National census of cooperatives 2017, by type"),
    REGIONS: Message("National census of cooperatives 2017, by region"),
}
NOTES = (
    Message("The table states 806 in all; its rows without the agrarian ones already add to 824."),
    Message("The agrarian ones are printed as “77-395”: probably 77 in the table and 395 in the census."),
    Message(
        "1,245 are all cooperatives of the census in one paragraph, those of savings and credit in another."
    ),
    Message("Table and census differ: 806 and 1,245 in all, 206 and 347 of savings and credit, 81 and 155 of "
            "multiple services, 106 and 132 of special services."),
    Message("The percentages of the census do not follow from its counts and 1,245: they fit a base near "
            "1,330, for multiple services 1,409."),
    Message("How many savings cooperatives there are is given as 659, 600, 560, 428 (unsupervised only), 347 "
            "and 206; 6 % of 2,500 gives 150."),
    Message("Without supervision are “more than 500” (659 less 157 is 502), or 428 in December 2016."),
    Message("157 are supervised, and 96 affiliated to FENACREP."),
    Message("Savings are more than 11 thousand million soles of 1.5 million members in 2016, and more than 10 "
            "thousand million of 1.7 million at the end of 2017."),
    Message("An income of 2,541 million soles at 0.2 % would mean a gross product of 1.27 million million."),
    Message("The census is of 2016 in one place; it was presented in November 2017."),
    Message("The cooperatives are announced in annex 3 and stand in annex 1."),
    Message("One type is printed as work and training of employment; it is counted as work and promotion."),
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """The rows under one reading of the agrarian line, beside the total that is printed."""

    reading: str
    total: int
    printed: int

    @property
    def difference(self) -> int:
        return self.total - self.printed


@cache
def census() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        files("yanapay.analytics").joinpath("data/cooperatives_census.json").read_text("utf-8")
    )
    return found


def checks() -> list[Check]:
    """806 beside 824, 901 and 1219: the sum without the agrarian line, with 77 and with 395 in it."""
    table = census()["type_table"]
    rows = sum(row["count"] or 0 for row in table["rows"])
    unsure = next(row["raw"] for row in table["rows"] if row["count"] is None)
    readings = {"": 0} | {text: int(text) for text in unsure.split("-")}
    return [Check(reading, rows + n, table["total_stated"]) for reading, n in readings.items()]


def printed() -> Crosstab:
    """What is printed, each part on its own base; a share only where count and base belong together."""
    table, found = census()["type_table"], census()["census_2017"]
    types = _by_size([_row(PRINTED, row["type"], row["count"], None) for row in table["rows"]])
    shares = _by_size([
        _row(CENSUS, row["type"], row["count"], found["total"]) for row in found["type_shares"]
    ])  # fmt: skip
    regions = [
        Row(REGIONS, row["region"], row["region"], None, found["total"])
        for row in found["geography"]
    ]
    groups = (
        Group(PRINTED, "", table["total_stated"], None), Group(CENSUS, "", found["total"], None),
        Group(REGIONS, "", found["total"], None),
    )  # fmt: skip
    return Crosstab(
        table["total_stated"], 0, groups, (*types, *shares, *regions), (), are_parts=False
    )


def printed_percents() -> dict[tuple[str, str], float]:
    """The percentages of the census as printed, by (group, code)."""
    found = census()["census_2017"]
    types = {(CENSUS, row["type"]): row["pct"] for row in found["type_shares"]}
    return types | {(REGIONS, row["region"]): row["pct"] for row in found["geography"]}


def as_printed() -> dict[tuple[str, str], str]:
    """What is printed beside a number, or instead of one."""
    unsure = {
        (PRINTED, row["type"]): row["raw"]
        for row in census()["type_table"]["rows"]
        if row["count"] is None
    }
    return unsure | {key: f"{percent} %" for key, percent in printed_percents().items()}


def implied_bases() -> dict[str, float]:
    """The base that count and printed percentage would need, by type."""
    return {row["type"]: row["base_implied"] for row in census()["computed"]["type_shares"]}


def _row(group: str, code: str, n: int | None, base: int | None) -> Row:
    return Row(group, code, OPEN, n, base)


def _by_size(rows: list[Row]) -> list[Row]:
    """The most frequent first, what is not printed as one number last."""
    ranked = sorted(rows, key=lambda row: -(row.n or 0))
    numbers = [row.n for row in ranked if row.n is not None]
    return [
        row if row.n is None else Row(row.group, row.code, row.label, row.n, row.base,
                                      1 + sum(n > row.n for n in numbers))
        for row in ranked
    ]  # fmt: skip
