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
    """At most so many edits. Edits are dear to count, so only pairs that look alike are counted."""
    return (
        f"CASE WHEN jaro_winkler_similarity({left}_l, {right}_r) >= 0.86"
        f" THEN levenshtein({left}_l, {right}_r) <= {most} ELSE false END"
    )


_CROSSED = " OR ".join(
    _close(*sides, 2)
    for sides in (("name", "trade_name"), ("trade_name", "name"), ("words", "owner"), ("owner", "words"))
)

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
        Level(_CROSSED, "Name stands in another field"),
        Level("jaro_winkler_similarity(name_l, name_r) >= 0.92", "Similar name"),
        Level("greatest(jaro_winkler_similarity(name_l, name_r), jaro_winkler_similarity(words_l, words_r)) >= 0.86",
              "Somewhat similar name"),
        _OTHER,
    ],
    "trade_name": [
        _null("trade_name"),
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
    "place": [
        Level("(area_l IS NULL OR area_r IS NULL) AND (latitude_l IS NULL OR latitude_r IS NULL)",
              "Unknown", is_null=True),
        Level(f"coalesce({_METRES} <= 30, false)", "Within 30 metres"),
        Level(f"coalesce({_METRES} <= 150, false)", "Within 150 metres"),
        Level("area_l = area_r AND (latitude_l IS NULL OR latitude_r IS NULL)", "Same area", "area"),
        Level("area_l = area_r", "Same area, another place"),
        Level("province_l = province_r", "Same province"),
        _OTHER,
    ],
    "activity": [
        _null("activity"),
        Level("activity_l = activity_r", "Same activity", "activity"),
        Level("left(activity_l, 2) = left(activity_r, 2)", "Related activity"),
        _OTHER,
    ],
    "owner": [
        _null("owner"),
        Level("owner_l = owner_r", "Same owner", "owner"),
        Level(_close("owner", "owner", 2), "Owner's name differs by a letter or two", "owner"),
        Level("jaro_winkler_similarity(owner_l, owner_r) >= 0.9", "Similar owner's name"),
        _OTHER,
    ],
}  # fmt: skip
