"""Open work: one idea behind "my work today", the load of a user and the hand-over of a leaver.

A domain that gives people work registers a :class:`WorkSource` in its ``AppConfig.ready``. The pages
ask :func:`open_work`; deactivating a user calls :func:`hand_over`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class WorkItem:
    """One thing that waits for somebody, with the page that deals with it."""

    kind: str
    title: str
    url: str
    detail: str = ""
    due: date | None = None
    count: int = 1
    is_mine: bool = True


@dataclass(frozen=True)
class WorkSource:
    """Where one kind of open work comes from.

    ``items(scope, limit)`` lists what waits in the user's scope; without it there is nothing to list, only to
    hand over. ``owned(user_id)`` counts what would be left behind by a leaver; the action
    ``hand_over(by=, from_user_id=, to_user_id=)`` passes it on and returns how many.
    """

    kind: str
    label: str | Promise
    items: Callable[[Any, int], list[WorkItem]] | None = None
    owned: Callable[[int], int] | None = None
    hand_over: Callable[..., int] | None = None


_sources: dict[str, WorkSource] = {}


def register(source: WorkSource) -> None:
    """Add a source; a second registration of the same kind replaces the first."""
    _sources[source.kind] = source


def sources() -> list[WorkSource]:
    return list(_sources.values())


def open_work(scope: Any, limit: int = 10) -> list[tuple[WorkSource, list[WorkItem]]]:
    """What waits in this scope, by source; sources with nothing are left out."""
    found = [(source, source.items(scope, limit)) for source in sources() if source.items]
    return [(source, items) for source, items in found if items]


def owned_by(user_id: int) -> list[tuple[WorkSource, int]]:
    """How much of each kind one user is responsible for."""
    counts = [(source, source.owned(user_id)) for source in sources() if source.owned]
    return [(source, count) for source, count in counts if count]


def hand_over(*, by: Any, from_user_id: int, to_user_id: int) -> dict[str, int]:
    """Pass all open work of one user to another; how many of each kind."""
    return {
        source.kind: source.hand_over(by=by, from_user_id=from_user_id, to_user_id=to_user_id)
        for source in sources()
        if source.hand_over
    }
