"""351 fictitious enterprises whose distributions follow the published profile of the CAT centres.

Everything is drawn from one seed, so every demo is the same. Shares are dealt out exactly (largest
remainder) and then shuffled: a bar of the published chart and one of the demo differ by rounding only.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from yanapay.cli.demonstration.names import enterprise_name, owner_name

FIGURES = Path(__file__).parents[2] / "directory/data/cat_published_figures.json"
SEED = 19991004
ZONES = {"Lima": 254, "Huancayo": 97}
PRINTED_AS = {"Huancayo": ("Huancayo", "Junín"), "Lima": ("Lima",)}
DISTRICTS = {
    "Lima": ("150132", "150142", "150110", "150135", "150103", "150117", "150101"),
    "Huancayo": ("120101", "120114", "120107", "120125", "120119", "120130"),
}
ACTIVITIES = {
    "panaderia_pasteleria": "1071", "waffle_dulces_caramelos": "1073", "embutidos_especies": "1010",
    "otros": "1030", "molineria": "1061", "lacteos_sustitutos": "1050", "apicultura": "0149",
}  # fmt: skip
RANGES = {
    "1-2": (1, 2), "3-4": (3, 4), "5-7": (5, 7), ">8": (8, 11),
    "<2500": (600, 2499), "2500-5000": (2500, 4999),
    "5000-7500": (5000, 7499), "7500-10000": (7500, 9999), ">10000": (10001, 24000),
    "<1000": (200, 999),
    "1000-3000": (1000, 2999), "3000-6000": (3000, 5999), ">6000": (6001, 15000),
    "<8h": (24, 42), "8h": (48, 48),
    ">8h": (54, 70), "<30": (22, 29), "30-40": (30, 40), ">40": (41, 63),
    "nuevas_o_poco_mas_de_1": (1, 4), "mas_de_10": (11, 18),
}  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True)
class Enterprise:
    """One fictitious enterprise with its owner; ``None`` where the published answer is "not stated"."""

    number: int
    zone: str
    name: str
    district: str
    activity: str
    women: int
    men: int
    sales: int
    started: int | None
    seen_on: date
    owner: str
    owner_sex: str
    education: str
    age: int
    assets: int | None
    equipment: int | None
    hours: int
    stable: bool
    has_brand: bool
    has_sanitary: bool


def deal(n: int, shares: Mapping[T, float], chance: random.Random) -> list[T]:
    """``n`` values in exactly the given proportions (largest remainder), in random order."""
    total = sum(shares.values())
    exact = {value: n * share / total for value, share in shares.items()}
    counts = {value: int(part) for value, part in exact.items()}
    by_remainder = sorted(exact, key=lambda value: counts[value] - exact[value])
    for value in by_remainder[: n - sum(counts.values())]:
        counts[value] += 1
    dealt = [value for value, count in counts.items() for _ in range(count)]
    chance.shuffle(dealt)
    return dealt


def enterprises() -> list[Enterprise]:
    """All 351, Lima first."""
    chance = random.Random(SEED)  # noqa: S311  a reproducible demo, not a secret
    found: list[Enterprise] = []
    for zone, n in ZONES.items():
        found += _zone(zone, n, len(found), chance)
    return found


@cache
def _printed() -> list[dict[str, object]]:
    return list(json.loads(FIGURES.read_text())["figures"].values())


def _shares(figure: int, groups: Sequence[str]) -> dict[str, float]:
    """The classes of a published chart with their percentages, for the first group that it prints."""
    for printed in _printed():
        if printed["figure"] == figure and printed["group"] in groups:
            classes: list[dict[str, object]] = printed["classes"]  # type: ignore[assignment]
            return {str(entry["label"]): float(str(entry["pct"])) for entry in classes}
    raise LookupError(figure, groups)


def _within(label: str, chance: random.Random) -> int | None:
    return chance.randint(*RANGES[label]) if label in RANGES else None


def _numbers(figure: int, groups: Sequence[str], n: int, chance: random.Random) -> list[int | None]:
    return [_within(label, chance) for label in deal(n, _shares(figure, groups), chance)]


def _workers(zone: str, sex: str, n: int, share: int, chance: random.Random) -> list[int]:
    """Workers of one sex: ``share`` percent of the enterprises have any, as the chart spreads them."""
    figure = 5 if zone == "Lima" else 6
    some = _numbers(figure, [f"{zone} {sex}"], n * share // 100, chance)
    dealt = [value or 0 for value in some] + [0] * (n - len(some))
    chance.shuffle(dealt)
    return dealt


def _zone(zone: str, n: int, first: int, chance: random.Random) -> list[Enterprise]:
    printed, everyone = PRINTED_AS[zone], ("all",)
    lines = deal(n, _shares(1, printed), chance)
    men, women = _workers(zone, "men", n, 88, chance), _workers(zone, "women", n, 74, chance)
    sexes = deal(n, {"m": 45, "f": 55}, chance)
    schooling = deal(n, _shares(8, everyone), chance)
    ages, years = _numbers(9, everyone, n, chance), _numbers(12, everyone, n, chance)
    assets, equipment = _numbers(2, printed, n, chance), _numbers(3, printed, n, chance)
    hours = _numbers(4, printed, n, chance)
    stable = deal(n, {True: 73, False: 27}, chance)
    brand = deal(n, _yes(13, printed), chance)
    sanitary = deal(n, _yes(14, printed), chance)
    return [
        Enterprise(
            number=first + at + 1, zone=zone, name=enterprise_name(lines[at], first + at, chance),
            district=chance.choice(DISTRICTS[zone]), activity=ACTIVITIES[lines[at]],
            women=max(women[at], 0 if men[at] else 1), men=men[at],
            sales=chance.randrange(18_000, 90_000, 500) * (1 + (women[at] + men[at]) // 3),
            started=2003 - (years[at] or 1), seen_on=date(2003, 2, 3) + timedelta(days=chance.randrange(300)),
            owner=owner_name(sexes[at], chance), owner_sex=sexes[at], education=schooling[at],
            age=ages[at] or 40, assets=assets[at], equipment=equipment[at], hours=hours[at] or 48,
            stable=stable[at], has_brand=brand[at], has_sanitary=sanitary[at],
        )
        for at in range(n)
    ]  # fmt: skip


def _yes(figure: int, groups: Sequence[str]) -> dict[bool, float]:
    return {label.startswith("con_"): pct for label, pct in _shares(figure, groups).items()}
