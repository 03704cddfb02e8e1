"""What the linkage model compares, and the levels of agreement it tells apart, best first.

Labels are the English sentences that the review queue shows (translated there).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level: its SQL over both sides, its label, and the column whose frequency weighs it."""

    sql: str
    label: str
    rare: str = ""
    is_null: bool = False


def _null(*columns: str) -> Level:
    return Level(
        " OR ".join(f"{c}_l IS NULL OR {c}_r IS NULL" for c in columns), "Unknown", is_null=True
    )


_OTHER = Level("ELSE", "Different")
_METRES = (
    "6371000 * 2 * asin(sqrt(pow(sin(radians(latitude_r - latitude_l) / 2), 2)"
    " + cos(radians(latitude_l)) * cos(radians(latitude_r))"
    " * pow(sin(radians(longitude_r - longitude_l) / 2), 2)))"
)


def _close(left: str, right: str, most: int) -> str:
    """At most so many edits. Edits are dear to count, so only for pairs that look alike and are as long."""
    return (
        f"CASE WHEN abs(length({left}_l) - length({right}_r)) <= {most}"
        f" AND jaro_winkler_similarity({left}_l, {right}_r) >= 0.86"
        f" THEN levenshtein({left}_l, {right}_r) <= {most} ELSE false END"
    )


def _exchanged(one: str, other: str) -> str:
    """What stands in one field of the left stands in the other field of the right, and the reverse."""
    return f"({_close(one, other, 2)}) AND ({_close(other, one, 2)})"


_EXCHANGED = f"({_exchanged('name', 'trade_name')}) OR ({_exchanged('words', 'owner')})"

COMPARISONS = {
    "name": [
        _null("name"),
        Level("name_l = name_r", "Same name", "name"),
        Level("words_l = words_r OR replace(name_l, ' ', '') = replace(name_r, ' ', '')",
              "Same words in another order", "name"),
        Level(_close("name", "name", 1), "Name differs by one letter", "name"),
        Level(_close("name", "name", 2) + " AND length(name_l) >= 8",
              "Name differs by two letters", "name"),
        Level(_close("words", "words", 2) + " AND length(name_l) >= 8",
              "Other order and a letter or two", "name"),
        Level(_EXCHANGED, "Name exchanged with another field"),
        Level(f"({_close('name', 'trade_name', 2)}) OR ({_close('trade_name', 'name', 2)})",
              "Name is the other's trade name"),
        Level("jaro_winkler_similarity(name_l, name_r) >= 0.92", "Similar name"),
        Level("jaro_winkler_similarity(words_l, words_r) >= 0.9", "Somewhat similar name"),
        _OTHER,
    ],
    "trade_name": [
        Level(f"trade_name_l IS NULL OR trade_name_r IS NULL OR ({_EXCHANGED})", "Unknown", is_null=True),
        Level("trade_name_l = trade_name_r", "Same trade name", "trade_name"),
        Level("jaro_winkler_similarity(trade_name_l, trade_name_r) >= 0.92", "Similar trade name"),
        _OTHER,
    ],
    "phone": [
        _null("phone"),
        Level("phone_l = phone_r", "Same phone", "phone"),
        Level(_close("phone", "phone", 1), "Phone differs by one digit"),
        _OTHER,
    ],
    "tax_id": [
        _null("tax_id"),
        Level("tax_id_l = tax_id_r", "Same tax number"),
        Level(_close("tax_id", "tax_id", 1), "Tax number differs by one digit"),
        _OTHER,
    ],
    "area": [
        _null("area"),
        Level("area_l = area_r", "Same area", "area"),
        Level("left(area_l, 4) = left(area_r, 4)", "Same province"),
        _OTHER,
    ],
    "point": [
        _null("latitude"),
        Level(f"{_METRES} <= 30", "Within 30 metres"),
        Level(f"{_METRES} <= 150", "Within 150 metres"),
        Level(f"{_METRES} <= 2000", "Within 2 kilometres"),
        _OTHER,
    ],
    "address": [
        _null("address"),
        Level("address_l = address_r", "Same address", "address"),
        Level("jaro_winkler_similarity(address_l, address_r) >= 0.92", "Similar address"),
        _OTHER,
    ],
    "activity": [
        _null("activity"),
        Level("activity_l = activity_r", "Same activity", "activity"),
        Level("left(activity_l, 2) = left(activity_r, 2)", "Related activity"),
        _OTHER,
    ],
    "owner": [
        Level(  # a natural person: the owner says nothing that the name has not said
            "owner_l IS NULL OR owner_r IS NULL OR owner_l = words_l OR owner_r = words_r",
            "Unknown", is_null=True,
        ),
        Level("owner_l = owner_r", "Same owner", "owner"),
        Level(_close("owner", "owner", 2), "Owner's name differs by a letter or two", "owner"),
        Level("jaro_winkler_similarity(owner_l, owner_r) >= 0.9", "Similar owner's name"),
        _OTHER,
    ],
}  # fmt: skip
