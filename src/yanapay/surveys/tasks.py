"""Work on answers that waits until they are safe: the worker does it every few seconds."""

import time
from datetime import datetime

from yanapay.audit.rules import Actor
from yanapay.surveys.actions.rows import announce_next, derive_next

MOST = 50  # batches in one turn, so that the other jobs get theirs
PATIENCE = 2.5  # seconds in one turn for what follows; in between, telephones have the machine to themselves


def work_on_answers(now: datetime) -> None:
    """Rows for all that arrived, then word to those who follow, as far as the time goes."""
    del now
    derive_pending()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and announce_next(by=Actor.system()):
        pass


def derive_pending() -> int:
    """Derive rows of answers that have none yet, in short transactions; how many were done."""
    done = 0
    for _ in range(MOST):
        if not (count := derive_next(by=Actor.system())):
            break
        done += count
    return done
