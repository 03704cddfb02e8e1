"""Under which size scheme an enterprise stands by the law of its country, as the sources give it. Pure."""

SCHEME = {
    "PE": "oit_t3_pe", "BO": "oit_t3_bo", "CO": "oit_t3_co", "EC": "oit_t3_ec", "VE": "oit_t3_ve",
    "BR": "senai_br",
}  # fmt: skip
ELSEWHERE = "cepal"


def scheme_of(country: str) -> str:
    """The id of the scheme; where the sources name no law, CEPAL's definition for Latin America."""
    return SCHEME.get(country, ELSEWHERE)
