"""The public entries as columns of numbers: a filter is a mask, a facet is a count of what the mask leaves.

A hundred thousand entries fit in some megabytes and are counted in a millisecond, whatever is combined. The
columns are taken in again when the table changed; the rows that a page shows are always read from the table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Max
from numpy.typing import NDArray

from yanapay.base.models import Change
from yanapay.mapping.models import Entry, EntryCode
from yanapay.places.models import AreaScheme
from yanapay.places.queries import group_by_area

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]

VOCABULARIES = {
    "line": "activity_lines", "need": "need_codes", "strength": "strength_codes",
    "opportunity": "opportunity_codes", "network": "network",
}  # fmt: skip
BY_ORGANISATION = "ess_2018"
"""The scheme whose macro-regions are assigned to organisations, not to areas."""


class Edition(NamedTuple):
    """Two equal editions show the same: how often the entries were changed, and when last."""

    changes: int
    changed_at: datetime | None

    @property
    def tag(self) -> str:
        """For names of files and of what browsers keep."""
        return f"{self.changes}-{self.changed_at.timestamp() if self.changed_at else 0}"


def current_edition() -> Edition:
    """One row and the end of an index: every page asks, so nothing is counted here.

    The time alone would not do: on PostgreSQL an earlier change may be committed after a later one.
    """
    counted = Change.objects.filter(pk=Entry._meta.db_table).values_list("number", flat=True)
    latest = Entry.objects.aggregate(at=Max("updated_at"))["at"]
    return Edition(counted.first() or 0, latest)


@dataclass(frozen=True)
class Coded:
    """The values of one facet: the entry at ``rows[i]`` has ``values[codes[i]]``; it may have several."""

    values: list[str]
    rows: Numbers
    codes: Numbers

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, str]]) -> "Coded":
        """From (place of the entry, value); an empty value is none."""
        numbers: dict[str, int] = {}
        found = [(row, numbers.setdefault(value, len(numbers))) for row, value in pairs if value]
        table = np.array(found, dtype=np.int32).reshape(-1, 2)
        return cls(list(numbers), table[:, 0].copy(), table[:, 1].copy())

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {value: number for number, value in enumerate(self.values)}

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many of all entries have each value."""
        held = np.bincount(self.codes, minlength=len(self.values))
        return {value: int(n) for value, n in zip(self.values, held, strict=True) if n}

    def mask(self, value: str, size: int) -> Mask:
        """The entries that have the value."""
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.rows[self.codes == self.numbers.get(value, -1)]] = True
        return mask

    def counts(self, among: Mask) -> dict[str, int]:
        """How many of the chosen entries have each value; values that none has are left out."""
        held = np.bincount(self.codes[among[self.rows]], minlength=len(self.values))
        return {value: int(n) for value, n in zip(self.values, held, strict=True) if n}


@dataclass(frozen=True)
class Columns:
    """All public entries in order of name."""

    edition: Edition
    keys: NDArray[np.int64]
    approved: NDArray[np.int32]
    facets: dict[
        str, Coded
    ]  # kind, state, area (paths), line, need…, and "scheme:inei" for each scheme

    def everything(self) -> Mask:
        return np.ones(len(self.keys), dtype=np.bool_)

    def among(self, keys: Sequence[int]) -> Mask:
        """The mask of some primary keys."""
        mask: Mask = np.isin(self.keys, np.array(keys, dtype=np.int64))
        return mask

    def within(self, path: str) -> Mask:
        """Entries in an area, by its path, or anywhere below; the empty path means no area at all."""
        areas = self.facets["area"]
        inside = [
            number for number, held in enumerate(areas.values)
            if held == path or held.startswith(f"{path}/") or not path
        ]  # fmt: skip
        mask = np.zeros(len(self.keys), dtype=np.bool_)
        mask[areas.rows[np.isin(areas.codes, inside)]] = True
        return mask if path else ~mask


_kept: dict[str, Columns] = {}
_building = Lock()


def columns() -> Columns:
    """The columns as they are now; while one request takes in a change, others still see those before it."""
    edition, kept = current_edition(), _kept.get("columns")
    if kept and kept.edition == edition:
        return kept
    if kept and not _building.acquire(blocking=False):
        return kept
    if not kept:
        _building.acquire()
    try:
        return _kept_or_taken_in(edition)
    finally:
        _building.release()


def _kept_or_taken_in(edition: Edition) -> Columns:
    kept = _kept.get("columns")
    if kept is None or kept.edition != edition:
        kept = _kept["columns"] = _taken_in(edition)
    return kept


def _taken_in(edition: Edition) -> Columns:
    rows = list(
        Entry.objects.public()
        .order_by("name_key", "pk")
        .values_list("pk", "kind", "state", "area__path", "approved_on")
    )
    place = {row[0]: number for number, row in enumerate(rows)}
    facets = {
        "kind": Coded.of((n, row[1]) for n, row in enumerate(rows)),
        "state": Coded.of((n, row[2]) for n, row in enumerate(rows)),
        "area": Coded.of((n, row[3] or "") for n, row in enumerate(rows)),
        **{name: _coded(vocabulary, place) for name, vocabulary in VOCABULARIES.items()},
    }
    facets |= {f"scheme:{code}": _grouped(code, facets["area"]) for code in _schemes()}
    facets[f"scheme:{BY_ORGANISATION}"] = _coded("macro_region", place)
    days = [row[4].toordinal() if row[4] else 0 for row in rows]
    return Columns(
        edition,
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array(days, np.int32),
        facets,
    )


def _coded(vocabulary: str, place: dict[int, int]) -> Coded:
    held = EntryCode.objects.filter(vocabulary=vocabulary).order_by("code", "entry")
    pairs = held.values_list("entry", "code").iterator(50_000)
    return Coded.of((place[entry], code) for entry, code in pairs if entry in place)


def _schemes() -> list[str]:
    """The schemes that group areas."""
    return list(AreaScheme.objects.exclude(code=BY_ORGANISATION).values_list("code", flat=True))


def _grouped(scheme: str, areas: Coded) -> Coded:
    """The macro-region of each entry by its area: that of the smallest area which the scheme names."""
    groups = {code: group.code for code, group in group_by_area(scheme).items()}
    named = [_group_of(path, groups) for path in areas.values]
    pairs = zip(areas.rows.tolist(), areas.codes.tolist(), strict=True)
    return Coded.of((row, named[code]) for row, code in pairs)


def _group_of(path: str, groups: dict[str, Any]) -> str:
    return next((groups[code] for code in reversed(path.split("/")) if code in groups), "")
