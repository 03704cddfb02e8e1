"""Typing errors: which known words a mistyped one may stand for.

The deletion neighbourhood of a word (the word with one letter left out at each place) makes the
look-up exact: two words that differ by one insertion, deletion, substitution or swap of neighbours
share a deletion, or one is a deletion of the other. No scan of the vocabulary, on any database.
"""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST = 4  # below four letters almost every word is one letter from another


def deletions(word: str) -> set[str]:
    """The word with one letter left out, at each place."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def within_one_error(word: str, candidates: Iterable[str]) -> list[str]:
    """The candidates at most one typing error away: insertion, deletion, substitution, swap."""
    return [other for other in candidates if OSA.distance(word, other, score_cutoff=1) <= 1]
