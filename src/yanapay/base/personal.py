"""Personal data that upper domains keep: what the directory shows a person and what an erasure must reach.

A domain that stores something about people registers a :class:`PersonalSource` in its ``AppConfig.ready``. The
page "what is stored about me", its export and the erasure ask every source; the directory need not know them.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

Keys = Collection[int]
ERASED = "—"  # stands where a text has to be


@dataclass(frozen=True)
class PersonalSource:
    """Where one kind of personal data lies.

    ``stored(person_id, organisation_ids)`` returns rows ready for JSON; the organisations are those that the
    person alone owns. ``erase(by=, person_id=, organisation_ids=)`` is an action: it removes what is personal
    and returns how many rows it emptied; counts, dates and codes may stay. The erasing action records.
    """

    kind: str
    stored: Callable[[int, Keys], list[dict[str, Any]]]
    erase: Callable[..., int]


_sources: dict[str, PersonalSource] = {}


def register(source: PersonalSource) -> None:
    """Add a source; a second registration of the same kind replaces the first."""
    _sources[source.kind] = source


def stored_about(person_id: int, organisation_ids: Keys) -> dict[str, list[dict[str, Any]]]:
    """What every source keeps about a person, by kind; kinds with nothing are left out."""
    found = {s.kind: s.stored(person_id, organisation_ids) for s in _sources.values()}
    return {kind: rows for kind, rows in found.items() if rows}


def erase_everywhere(by: Any, person_id: int, organisation_ids: Keys) -> dict[str, int]:
    """Empty what every source keeps about a person; how many rows of each kind."""
    return {
        source.kind: source.erase(by=by, person_id=person_id, organisation_ids=organisation_ids)
        for source in _sources.values()
    }
