"""Places and activities in memory, built once per process and edition: every page names some of them.

Whether the reference data are still the same is asked at most once a second.
"""

import time
from functools import lru_cache
from typing import Any

from yanapay.base.kept import read
from yanapay.places.rules.activities import Activities, ActivityRef, ActivityTree
from yanapay.places.rules.gazetteer import AreaRef, Gazetteer
from yanapay.places.rules.reference import inei_by_reniec

FRESH = 1.0  # seconds
AREAS = "SELECT COUNT(*), MIN(id), MAX(id) FROM places_area"
ACTIVITIES = "SELECT COUNT(*), MIN(id), MAX(id) FROM places_activity_code"
ALL_AREAS = (
    "SELECT id, code, name, level, path, latitude, longitude, iso_code, capital FROM places_area"
)
ALL_ACTIVITIES = (
    "SELECT id, revision, code, level, section, label_en, label_es FROM places_activity_code"
)
MATCHES = (
    "SELECT old.code, new.code FROM places_activity_match AS pair"
    " JOIN places_activity_code AS old ON old.id = pair.rev3_id"
    " JOIN places_activity_code AS new ON new.id = pair.rev4_id"
)
_editions: dict[str, tuple[float, tuple[Any, ...]]] = {}


def gazetteer() -> Gazetteer:
    """All areas."""
    return _gazetteer(_edition(AREAS))


def activities() -> Activities:
    """All activity codes."""
    return _activities(_edition(ACTIVITIES))


def activity_tree() -> ActivityTree:
    """The tree of activities."""
    return _activity_tree(_edition(ACTIVITIES))


def ask_again() -> None:
    """Do not trust the last second: ask at the next use whether the data are the same."""
    _editions.clear()


def forget() -> None:
    """Build them anew at their next use."""
    ask_again()
    _gazetteer.cache_clear()
    _activities.cache_clear()
    _activity_tree.cache_clear()


def _edition(asked: str) -> tuple[Any, ...]:
    until, edition = _editions.get(asked, (0.0, ()))
    if time.monotonic() >= until:
        edition = read(asked)[0]
        _editions[asked] = time.monotonic() + FRESH, edition
    return edition


@lru_cache(maxsize=1)
def _gazetteer(edition: tuple[Any, ...]) -> Gazetteer:
    del edition  # only the key of the cache
    return Gazetteer(map(AreaRef._make, read(ALL_AREAS)), inei_by_reniec())


@lru_cache(maxsize=1)
def _activities(edition: tuple[Any, ...]) -> Activities:
    del edition
    exactly = read(f"{MATCHES} WHERE pair.one_to_one")
    return Activities(map(ActivityRef._make, read(ALL_ACTIVITIES)), dict(exactly))


@lru_cache(maxsize=1)
def _activity_tree(edition: tuple[Any, ...]) -> ActivityTree:
    del edition
    return ActivityTree(map(ActivityRef._make, read(ALL_ACTIVITIES)), read(MATCHES))
