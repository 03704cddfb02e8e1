"""Folding of names: what two spellings of the same name have in common."""

import re
import unicodedata
from collections.abc import Iterable

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_ACCENTS = {
    ord(accented): plain
    for plain, all_accented in {
        "a": "áàâäãå", "e": "éèêë", "i": "íìîï", "o": "óòôöõ", "u": "úùûü", "n": "ñ", "c": "ç", "y": "ý",
    }.items()
    for accented in all_accented
}  # fmt: skip


def fold(text: str) -> str:
    """Lower case, no accents, words of letters and digits with one space between.

    >>> fold("  Lácteos «Ñaña» S.A.C. ")
    'lacteos nana s a c'
    """
    plain = text.lower()
    if not plain.isascii():
        plain = plain.translate(_ACCENTS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char)).lower()
    return _NOT_WORD.sub(" ", plain).strip()


def distinct_words(texts: Iterable[str]) -> str:
    """The folded words of some texts, each once: what a record is searched by."""
    return " ".join(dict.fromkeys(word for text in texts for word in words(text)))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()
