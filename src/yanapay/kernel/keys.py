"""Numbers of records as addresses and forms write them."""

LONGEST = 18  # digits that a 64-bit key always holds


def read_key(text: str) -> int | None:
    """The number, or None for whatever cannot be one: words, «²», more digits than a key has.

    >>> read_key("42"), read_key("²"), read_key("9" * 40)
    (42, None, None)
    """
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if is_number else None
