"""Work on answers that waits until they are safe: every few seconds the worker derives their rows."""

from datetime import datetime

from yanapay.audit.rules import Actor
from yanapay.surveys.actions.rows import derive_next

MOST = 50  # batches in one turn, so that the other jobs get theirs


def derive_pending(now: datetime | None = None) -> int:
    """Derive rows of answers that wait, in short transactions; how many were done."""
    done = 0
    for _ in range(MOST):
        if not (count := derive_next(by=Actor.system())):
            break
        done += count
    return done
