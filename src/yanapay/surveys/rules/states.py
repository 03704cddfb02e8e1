"""Which state of a form follows which."""

DRAFT, OPEN, CLOSING, CLOSED = "draft", "open", "closing", "closed"
MOVES = {
    DRAFT: (OPEN,),
    OPEN: (CLOSING, CLOSED),
    CLOSING: (OPEN, CLOSED),
    CLOSED: (OPEN, CLOSING),
}
"""A form that was open once is never a draft again: devices may still hold answers to it, and late ones
come in while it is closing."""


def may_move(before: str, after: str) -> bool:
    """Whether the state may change so; staying where it is changes nothing and may always be."""
    return before == after or after in MOVES[before]
