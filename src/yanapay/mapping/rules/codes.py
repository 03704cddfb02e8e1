"""Codes that people copy from a letter: short, without letters that look alike, kept only as a digest. Pure."""

import hashlib
from datetime import timedelta

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 12
"""31^12: nobody guesses one in the days that it is valid."""

VALID = timedelta(days=90)
YEAR = timedelta(days=365)
"""After which the people of an entry are asked whether it is still right."""


def written(code: str) -> str:
    """In groups of four, as it is printed.

    >>> written("ABCDEFGHJKMN")
    'ABCD-EFGH-JKMN'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def digest(code: str) -> str:
    """What is kept of a code; case, spaces and hyphens do not matter."""
    bare = "".join(char for char in code.upper() if char.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest()
