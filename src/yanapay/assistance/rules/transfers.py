"""What a case is called when it passes to a centre where its number is already given. Pure."""


def number_there(number: str, source: str, *, is_taken: bool) -> str:
    """The number of a case in another centre: its own, with the code of its first centre where that is taken.

    >>> number_there("SAT-2026-0007", "huancayo", is_taken=False)
    'SAT-2026-0007'
    >>> number_there("SAT-2026-0007", "huancayo", is_taken=True)
    'SAT-2026-0007/huancayo'
    >>> number_there("SAT-2026-0007/huancayo", "lima", is_taken=False)  # home again
    'SAT-2026-0007'
    """
    own, _, first = number.partition("/")
    return f"{own}/{first or source}"[:40] if is_taken else own


def own_number(number: str) -> str:
    """The number that the first centre gave.

    >>> own_number("SAT-2026-0007/huancayo")
    'SAT-2026-0007'
    """
    return number.partition("/")[0]
