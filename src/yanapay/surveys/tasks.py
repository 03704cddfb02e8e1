"""Work on answers that waits until they are safe: the worker does it every few seconds."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from yanapay.audit.rules import Actor
from yanapay.surveys.actions import sweeping
from yanapay.surveys.actions.rows import announce_next, derive_next
from yanapay.surveys.queries.answers import arrived_since
from yanapay.surveys.queries.files import SHELF

SAFE_AGE = timedelta(days=1)
BATCH = 50
FEW = 10  # of what follows from them, while telephones send: a twentieth of a second
QUIET = timedelta(seconds=10)
REST = 3  # times as long as a step took: the slowest of twenty telephones wait a third less than with 1
PATIENCE = 2.5  # seconds in one turn for each of the two, so that other jobs get theirs
T = TypeVar("T")


def work_on_answers(now: datetime) -> None:
    """Rows for all that arrived, then word to those who follow, as far as the time goes.

    While telephones send, most of the time is theirs: SQLite has one writer, and no queue for it.
    """
    quiet = not arrived_since(now - QUIET)
    announce = partial(_announce, BATCH if quiet else FEW)
    for step, patience in ((_derive, PATIENCE), (announce, 4 * PATIENCE if quiet else PATIENCE)):
        end = time.monotonic() + patience
        while time.monotonic() < end and (step() if quiet else _rested(step)):
            pass


def sweep_files(now: datetime) -> None:
    """A day after they came, files that belong to no answer go; folder by folder, so no telephone waits."""
    before = now - SAFE_AGE
    SHELF.tidy(before.timestamp())
    for part in SHELF.parts():
        sweeping.sweep_files(by=Actor.system(), part=part, before=before)


def derive_pending() -> int:
    """Derive the rows of all answers that have none yet, in short transactions; how many were done."""
    done = 0
    while count := _derive():
        done += count
    return done


def _derive() -> int:
    return derive_next(by=Actor.system(), limit=BATCH)


def _announce(limit: int) -> int:
    return announce_next(by=Actor.system(), limit=limit)


def _rested(step: Callable[[], T]) -> T:
    """Do it, then leave the database to others for longer."""
    began = time.monotonic()
    done = step()
    if done:
        time.sleep(REST * (time.monotonic() - began))
    return done
