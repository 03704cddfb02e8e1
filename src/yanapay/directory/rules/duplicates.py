"""When an organisation being typed may already be known, and why. Pure."""

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import fuzz

from yanapay.directory.rules.values import phone_parts
from yanapay.kernel.messages import Message
from yanapay.kernel.text import fold

NEAR_METRES = 100
SIMILAR = 85
EARTH_METRES = 6_371_000
LEGAL_FORMS = (
    "s a c", "sac", "e i r l", "eirl", "s r l", "srl", "s c r l", "scrl", "s a a", "s a", "sa", "ltda",
)  # fmt: skip


@dataclass(frozen=True)
class Sketch:
    """What the entry rules look at; identifiers are (country, type, number), a point (latitude, longitude)."""

    name: str
    phones: frozenset[str] = frozenset()
    identifiers: frozenset[tuple[str, str, str]] = frozenset()
    point: tuple[float, float] | None = None
    other_names: tuple[str, ...] = field(default=())


def resemblance(typed: Sketch, known: Sketch) -> Message | None:
    """Why the two may be the same organisation, strongest reason first; None when nothing says so."""
    if typed.identifiers & known.identifiers:
        return Message("It has the same official number.")
    if not similar_names(typed, known):
        return None
    if typed.phones & known.phones:
        return Message("It has the same phone and a similar name.")
    if typed.point and known.point and (away := metres(typed.point, known.point)) <= NEAR_METRES:
        return Message("It has a similar name and lies {metres} m away.", metres=round(away))
    return None


def similar_names(one: Sketch, other: Sketch) -> bool:
    """Whether any name of one is close to any name of the other, whatever the order of its words."""
    return any(
        fuzz.token_sort_ratio(mine, theirs) >= SIMILAR
        for mine in _bare_names(one)
        for theirs in _bare_names(other)
    )


def bare_name(name: str) -> str:
    """The folded name without its legal form.

    >>> bare_name("Lácteos Ñaña S.A.C.")
    'lacteos nana'
    """
    folded = fold(name)
    for form in LEGAL_FORMS:
        folded = folded.removesuffix(f" {form}")
    return folded


def bare_phone(phone: str) -> str:
    """The last nine digits of a phone, or nothing when there are fewer than six.

    >>> bare_phone("+51 987 654 321")
    '987654321'
    """
    digits = "".join(char for char in phone if char.isdigit())
    return digits[-9:] if len(digits) >= 6 else ""


def bare_phones(*cells: str) -> frozenset[str]:
    """The bare phones of cells that may hold several numbers each.

    >>> sorted(bare_phones("964 123 456 / 064-231234", ""))
    ['064231234', '964123456']
    """
    parts = (part for cell in cells for part in phone_parts(cell))
    return frozenset(filter(None, map(bare_phone, parts)))


def spellings(phone: str) -> set[str]:
    """How a form may have kept a bare phone: in one go, in threes, after its area code, with +51.

    >>> "+51 964 555 777" in spellings("964555777") and "064 200100" in spellings("064200100")
    True
    """
    threes = [phone[at : at + 3] for at in range(0, len(phone), 3)]
    cuts = {phone, " ".join(threes), "-".join(threes)}
    cuts |= {f"{phone[:area]} {phone[area:]}" for area in (2, 3)}
    cuts |= {f"({phone[:area]}) {phone[area:]}" for area in (2, 3)}
    return {prefix + cut for prefix in ("", "+51", "+51 ") for cut in cuts}


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance between two points in degrees."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(h))


def _bare_names(sketch: Sketch) -> list[str]:
    return [bare for name in (sketch.name, *sketch.other_names) if (bare := bare_name(name))]
