"""Names of people and enterprises who do not exist."""

import json
import random
from pathlib import Path

_NAMES = json.loads(Path(__file__).with_name("names.json").read_text())


def owner_name(sex: str, chance: random.Random) -> str:
    """Given name and two surnames."""
    given = chance.choice(_NAMES["women" if sex == "f" else "men"])
    return f"{given} {chance.choice(_NAMES['surnames'])} {chance.choice(_NAMES['surnames'])}"


def enterprise_name(line: str, number: int, chance: random.Random) -> str:
    """A name for a line of products; every name differs from all others of the demo."""
    series, place = divmod(number, len(_NAMES["whose"]))
    name = f"{chance.choice(_NAMES['what'][line])} {_NAMES['whose'][place]}"
    return f"{name} {series + 1}" if series else name


def name_of_today(line: str, at: int, chance: random.Random) -> str:
    """A name for the enterprise ``at`` a place of the live centre; none resembles another."""
    return f"{chance.choice(_NAMES['what'][line])} {_NAMES['today'][at]}"
