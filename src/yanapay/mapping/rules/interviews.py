"""The way of an interview as a table: which moves there are, and which need a reason. Pure."""

from yanapay.kernel.errors import RuleBroken

NEEDS_REASON = True
MOVES: dict[tuple[str, str], bool] = {
    ("proposed", "assigned"): False,
    ("proposed", "interviewed"): False,  # somebody went before anybody was assigned
    ("proposed", "dropped"): NEEDS_REASON,
    ("assigned", "interviewed"): False,
    ("assigned", "proposed"): NEEDS_REASON,
    ("assigned", "dropped"): NEEDS_REASON,
    ("interviewed", "in_review"): False,
    ("interviewed", "assigned"): NEEDS_REASON,
    ("interviewed", "dropped"): NEEDS_REASON,
    ("in_review", "published"): False,
    ("in_review", "interviewed"): False,  # the interviewer sent the answer again
    ("in_review", "assigned"): NEEDS_REASON,
    ("in_review", "dropped"): NEEDS_REASON,
    ("published", "unpublished"): NEEDS_REASON,
    ("unpublished", "published"): False,
    ("dropped", "proposed"): NEEDS_REASON,
}
"""(from, to) → whether the move goes back or off the way, and so needs a reason."""

OPEN = ("proposed", "assigned", "interviewed", "in_review")
"""States in which somebody still has something to do."""


def may_move(before: str, after: str) -> bool:
    """Whether the table knows the move."""
    return (before, after) in MOVES


def check_move(before: str, after: str, reason: str = "") -> None:
    """Raise RuleBroken for a move that does not exist, or that lacks its reason."""
    if not may_move(before, after):
        raise RuleBroken("This interview has moved on in the meantime. Look at it again.")
    if MOVES[before, after] and not reason.strip():
        raise RuleBroken("Say why.", field="reason")
