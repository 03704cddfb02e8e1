"""The shipped model as SQL: which level a pair reaches in each comparison, and what that weighs in bits.

Model and arithmetic are Splink's (Fellegi and Sunter's weights, less for values that many share); a test holds
the result against Splink itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any

DATA = files("yanapay.linkage") / "data"
SHIPPED_ROWS = 50_000
ALONE = 0.5  # records besides the pair, where there are none


@cache
def model() -> dict[str, Any]:
    """The shipped model: Splink's comparisons, a version and the threshold from which a pair is shown."""
    loaded: dict[str, Any] = json.loads((DATA / "model_2026.json").read_text())
    return loaded


@dataclass(frozen=True)
class Comparison:
    """One comparison. Levels are numbered from the last (0) up, as Splink does; unknown is -1."""

    name: str
    levels: dict[int, dict[str, Any]]

    @property
    def rare_levels(self) -> str:
        """The levels where a rare value weighs more than a frequent one, as an SQL list; often none."""
        return ", ".join(
            str(n) for n, level in self.levels.items() if "tf_adjustment_column" in level
        )

    def label(self, level: int) -> str:
        return str(self.levels[level]["label_for_charts"])

    @property
    def level(self) -> str:
        """The level of a pair, from columns ``<column>_l`` and ``<column>_r``."""
        cases = (f"WHEN {level['sql_condition']} THEN {n}" for n, level in self.levels.items() if n)
        return f"CASE {' '.join(cases)} ELSE 0 END AS gamma_{self.name}"

    @property
    def weight(self) -> str:
        """The weight of a level, as if all values were equally rare."""
        cases = (f"WHEN {n} THEN {_bits(level)}" for n, level in self.levels.items())
        return f"(CASE gamma_{self.name} {' '.join(cases)} END)::DOUBLE AS weight_{self.name}"

    @property
    def others(self) -> str:
        """How many records besides the pair have a value, from table ``common_<name>``."""
        return f"coalesce(common_{self.name}.records - 1, {ALONE}) AS others_{self.name}"

    def weight_by_rarity(self, rows: int) -> str:
        """The weight corrected: of both values (of ``l`` and ``r``) the one with more others counts.

        With few records a frequency stays near the shipped figure.
        """
        others = f"greatest(l.others_{self.name}, r.others_{self.name}) + {self._shipped}"
        return (
            f"weight_{self.name} + CASE WHEN gamma_{self.name} IN ({self.rare_levels}) "
            f"THEN {log2(self._chance)} - log2(({others}) / {rows + SHIPPED_ROWS}) ELSE 0 END "
            f"AS weight_{self.name}"
        )

    def most_gained(self, rows: int) -> float:
        """The most bits that rarity adds: when nobody else has the value."""
        if not self.rare_levels:
            return 0.0
        return max(0.0, log2(self._chance * (rows + SHIPPED_ROWS) / (ALONE + self._shipped)))

    @property
    def _chance(self) -> float:
        """How often two records are equal here without being one."""
        return float(self.levels[max(self.levels)]["u_probability"])

    @property
    def _shipped(self) -> float:
        return self._chance * SHIPPED_ROWS


@cache
def comparisons() -> list[Comparison]:
    """The comparisons of the shipped model, in its order."""
    return [
        Comparison(written["output_column_name"], dict(_numbered(written["comparison_levels"])))
        for written in model()["comparisons"]
    ]


def _numbered(levels: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    for n, level in enumerate(levels):
        yield -1 if level.get("is_null_level") else len(levels) - 1 - n, level


def _bits(level: dict[str, Any]) -> float:
    if level.get("is_null_level"):
        return 0.0
    return log2(level["m_probability"] / level["u_probability"])
