"""When two names under one official number can hardly mean the same organisation. Pure."""

from rapidfuzz import fuzz

from yanapay.directory.rules.duplicates import bare_name

STRONGLY_DIFFERENT = 50.0


def strongly_different(first: str, second: str) -> bool:
    """Whether two names differ beyond shortening, misspelling and another order of the words."""
    return fuzz.token_set_ratio(bare_name(first), bare_name(second)) < STRONGLY_DIFFERENT
