"""What becomes public of what was approved: which fields, how exactly a point, under which address. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from yanapay.kernel.text import fold
from yanapay.mapping.rules.fields import PUBLIC

DECIMALS = 2
"""Of a point, when nothing else was agreed: about a kilometre."""

EXACT = 4
"""About ten metres: the finest that is ever shown."""

IN_COLUMNS = ("name", "acronym", "kind", "area", "website", "point")
LONGEST_SLUG = 80


def public_part(fields: Mapping[str, Any], decimals: int = DECIMALS) -> dict[str, Any]:
    """The fields that the public may see and that say something, in the order of the record."""
    shown = {f: fields[f] for f in PUBLIC if f in fields and fields[f] not in ("", None, [])}
    if "point" in shown:
        shown["point"] = rounded(shown["point"], decimals)
    return shown


def exactness(*, is_agreed: bool, is_a_home: bool) -> int:
    """The most decimals with which a point may be shown: exact by consent only, and never a person's home."""
    return EXACT if is_agreed and not is_a_home else DECIMALS


def rounded(point: str, decimals: int) -> str:
    """«latitude longitude» with so many decimals.

    >>> rounded("-12.068123 -75.210987", 2)
    '-12.07 -75.21'
    """
    return " ".join(str(round(value, decimals)) for value in degrees(point))


def degrees(point: str) -> tuple[float, float]:
    """(latitude, longitude) of a point as forms and proposals write it."""
    latitude, longitude = point.split()[:2]
    return float(latitude), float(longitude)


def free_slug(name: str, taken: Iterable[str]) -> str:
    """The address of a name, numbered when another organisation has it.

    >>> free_slug("Lácteos Ñaña S.A.C.", ["lacteos-nana-s-a-c"])
    'lacteos-nana-s-a-c-2'
    """
    bare = "-".join(fold(name).split())[:LONGEST_SLUG].strip("-") or "organizacion"
    held, slug, number = set(taken), bare, 1
    while slug in held:
        number += 1
        slug = f"{bare}-{number}"
    return slug
