"""The 25 + 17 enterprises of the impact evaluation, with the answers that give the printed shares.

Several printed shares are impossible for 42, 25 or 17 answers and fit only with non-response: 41 told their
schooling and their years, 24 and 14 whether they have a trade mark, 25 and 15 a sanitary registration.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from yanapay.cli.demonstration.names import owner_name
from yanapay.cli.demonstration.profile import SEED, Enterprise

T = TypeVar("T")
SIZES = {"Lima": 25, "Huancayo": 17}
SEX = {"m": 19, "f": 23}
SCHOOLING = {"superior": 21, "secundaria": 16, "primaria": 4, "": 1}
AGES = {28: 3, 35: 20, 47: 19}
STARTED = {2003: 18, 2002: 17, 1991: 6, None: 1}
BRAND: dict[str, dict[bool | None, int]] = {
    "Lima": {True: 11, False: 13, None: 1},
    "Huancayo": {True: 3, False: 11, None: 3},
}
SANITARY: dict[str, dict[bool | None, int]] = {
    "Lima": {True: 17, False: 8},
    "Huancayo": {True: 3, False: 12, None: 2},
}
MEN, WOMEN, STABLE = 96, 54, 110  # 64, 36 and 73 % of 150 workers


@dataclass(frozen=True)
class Answers:
    """What one enterprise told at the visit; None where it did not answer."""

    women: int
    men: int
    stable: int
    has_brand: bool | None
    has_sanitary: bool | None


def with_sample(enterprises: Sequence[Enterprise]) -> list[Enterprise]:
    """The enterprises, those of the sample with the owners and years that the print asks for."""
    chance = random.Random(SEED + 3)  # noqa: S311  a reproducible demo, not a secret
    columns = [_dealt(counts, chance) for counts in (SEX, SCHOOLING, AGES, STARTED)]
    told = {
        e.number: replace(e, owner=e.owner if sex == e.owner_sex else owner_name(sex, chance),
                          owner_sex=sex, education=schooling, age=age, started=started)
        for e, sex, schooling, age, started in zip(sample(enterprises), *columns, strict=True)
    }  # fmt: skip
    return [told.get(e.number, e) for e in enterprises]


def sample(enterprises: Sequence[Enterprise]) -> list[Enterprise]:
    """The first 25 of Lima and the first 17 of Huancayo."""
    return [e for zone, n in SIZES.items() for e in [e for e in enterprises if e.zone == zone][:n]]


def answers(enterprises: Sequence[Enterprise]) -> dict[int, Answers]:
    """By number of the enterprise."""
    chance = random.Random(SEED + 4)  # noqa: S311
    chosen = sample(enterprises)
    men, women = _spread(MEN, len(chosen), chance), _spread(WOMEN, len(chosen), chance)
    brand = {zone: _dealt(counts, chance) for zone, counts in BRAND.items()}
    sanitary = {zone: _dealt(counts, chance) for zone, counts in SANITARY.items()}
    left, found = STABLE, {}
    for e, m, w in zip(chosen, men, women, strict=True):
        stable = min(left, m + w)
        left -= stable
        found[e.number] = Answers(w, m, stable, brand[e.zone].pop(), sanitary[e.zone].pop())
    return found


def _dealt(counts: Mapping[T, int], chance: random.Random) -> list[T]:
    values = [value for value, n in counts.items() for _ in range(n)]
    chance.shuffle(values)
    return values


def _spread(total: int, n: int, chance: random.Random) -> list[int]:
    """``total`` over ``n`` places, as evenly as whole numbers go, in random order."""
    whole, rest = divmod(total, n)
    parts = [whole + (at < rest) for at in range(n)]
    chance.shuffle(parts)
    return parts
