"""When two names may mean one organisation. Pure; the entry rules and the importer share it."""

from rapidfuzz import fuzz

SAME = 80.0
STRONGLY_DIFFERENT = 45.0
NEAR_METRES = 100.0


def alike(first: str, second: str) -> bool:
    """Whether two folded names are similar enough to ask a person, word order aside."""
    return fuzz.token_sort_ratio(first, second, score_cutoff=SAME) >= SAME


def strongly_different(first: str, second: str) -> bool:
    """Whether two folded names can hardly be the same organisation's, even shortened or misspelt."""
    return fuzz.token_set_ratio(first, second) < STRONGLY_DIFFERENT
