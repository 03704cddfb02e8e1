"""Deciding what each row is: new, a change, the same again, a conflict, or wrong.

Rows are compared with each other first, then with the directory. Identity is the official number, else the
file's key, else folded name with kind and area.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from yanapay.directory.exchange.checks import Columns
from yanapay.directory.exchange.current import (
    Current,
    Difference,
    difference,
    in_parts,
    load_current,
)
from yanapay.directory.exchange.problems import Problem, problem
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.exchange.verdicts import CHANGED, CONFLICT, NEW, REJECTED, UNCHANGED
from yanapay.directory.models import Identifier, Organisation, Provenance
from yanapay.directory.rules.likeness import strongly_different
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.kernel.text import fold


@dataclass
class Resolution:
    """The verdicts of a whole file, with what the changes, conflicts and late rejects say."""

    verdicts: Any
    changes: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[int, Problem] = field(default_factory=dict)

    def count(self, verdict: int) -> int:
        return int((self.verdicts == verdict).sum())


def resolve(spool: Spool, centre_id: int) -> Resolution:
    """The verdict on every row in the spool, from the file itself and the directory as it stands now."""
    arrays = spool.read_arrays("compared")
    resolution = Resolution(np.zeros(len(arrays.get("row_no", ())), np.int8))
    if len(resolution.verdicts):
        _within_file(spool, arrays, resolution)
        _against_directory(spool, centre_id, resolution)
    return resolution


# -- rows of the file among themselves ---------------------------------------------------------------------


def _within_file(spool: Spool, arrays: dict[str, Any], resolution: Resolution) -> None:
    numbers, digests = arrays["row_no"], arrays["digest"]
    look = _Looker(spool, arrays["sizes"])
    for name in ("key", "name"):
        for later, first in repeats(arrays[name]):
            if digests[later] == digests[first]:
                resolution.verdicts[later] = UNCHANGED
            else:
                _refuse(
                    resolution, later, int(numbers[later]), _REPEATED[name], row=int(numbers[first])
                )
    for later, first in repeats(arrays["tax_id"]):
        if resolution.verdicts[later] == NEW:
            _same_tax_id(look.row(later), look.row(first), later, resolution)


_REPEATED = {
    "key": Message("Row {row} has the same key and says something else.").template,
    "name": Message(
        "Row {row} has the same name, kind and area and says something else; give each row a key."
    ).template,
    "tax_id": Message("Row {row} has the same tax id and says something else.").template,
}


def repeats(values: Any) -> Iterator[tuple[int, int]]:
    """(later, first) positions of equal values other than 0, in the order of the later ones."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    again = np.flatnonzero((ordered[1:] == ordered[:-1]) & (ordered[1:] != 0)) + 1
    firsts: dict[int, int] = {}
    pairs = []
    for position in again:
        first = firsts.setdefault(int(ordered[position]), int(order[position - 1]))
        pairs.append((int(order[position]), first))
    return iter(sorted(pairs))


def _same_tax_id(later: Columns, first: Columns, at: int, resolution: Resolution) -> None:
    """The same number under another key is the same organisation, unless the names say otherwise."""
    aside = {"row_no", "digest", "source_key", "extra"}
    if all(later[name] == first[name] for name in later.keys() - aside):
        resolution.verdicts[at] = UNCHANGED
    elif strongly_different(str(later["name_key"]), str(first["name_key"])):
        resolution.verdicts[at] = CONFLICT
        resolution.conflicts.append({
            "position": at, "row_no": later["row_no"], "first_row": first["row_no"], "reason": _OTHER_NAME,
            "before": {"name": first["name"]}, "after": {"name": later["name"]}, "said": said(later),
        })  # fmt: skip
    else:
        row_no: Any = later["row_no"]
        _refuse(resolution, at, row_no, _REPEATED["tax_id"], row=first["row_no"])


_OTHER_NAME = Message("The tax id is known under a very different name.").template
_EDITED = Message("A person has edited the record since the last import.").template
_ELSEWHERE = Message(
    "The tax id belongs to an organisation of another centre: ask for sharing."
).template
_SEVERAL = Message("Several organisations have this name, kind and area.").template
_OTHER_TAX_ID = Message("The record has another tax id.").template
_SPOKEN_OF = Message("Row {row} speaks of the same organisation.").template
_MERGED = Message("The record was merged into another one.").template


def _refuse(resolution: Resolution, at: int, row_no: int, template: str, **values: Any) -> None:
    resolution.verdicts[at] = REJECTED
    resolution.refused[row_no] = problem("", "", RuleBroken(template, **values))


class _Looker:
    """Single rows from the spool by their position, keeping the last chunks at hand."""

    def __init__(self, spool: Spool, sizes: Any) -> None:
        self._spool, self._ends = spool, np.cumsum(sizes)
        self._at_hand: dict[int, Columns] = {}

    def row(self, position: int) -> Columns:
        number = int(np.searchsorted(self._ends, position, side="right"))
        if number not in self._at_hand:
            if len(self._at_hand) > 8:
                self._at_hand.pop(next(iter(self._at_hand)))
            self._at_hand[number] = self._spool.read_chunk(number)
        start = int(self._ends[number - 1]) if number else 0
        return {name: cells[position - start] for name, cells in self._at_hand[number].items()}


# -- rows against the directory ------------------------------------------------------------------------------


def _against_directory(spool: Spool, centre_id: int, resolution: Resolution) -> None:
    if not (Organisation.objects.filter(centre=centre_id).exists() or Identifier.objects.exists()):
        return
    matcher = _Matcher(centre_id)
    start = 0
    for columns in spool.chunks():
        matcher.judge(columns, start, resolution)
        start += len(columns["row_no"])


class _Matcher:
    """Finds the organisations that the rows of a chunk speak of, and compares."""

    def __init__(self, centre_id: int) -> None:
        self._centre = centre_id
        self._spoken_of: dict[int, int] = {}

    def judge(self, columns: Columns, start: int, resolution: Resolution) -> None:
        open_rows = [
            i for i in range(len(columns["row_no"])) if resolution.verdicts[start + i] == NEW
        ]
        matches = self._matches(columns, open_rows)
        self._skip_unchanged(columns, start, matches, resolution)
        current = load_current(pk for pk, _ in matches.values())
        for index, (pk, reason) in matches.items():
            row = {name: cells[index] for name, cells in columns.items()}
            self._compare(row, start + index, current[pk], reason, resolution)

    def _matches(self, columns: Columns, rows: list[int]) -> dict[int, tuple[int, str]]:
        """Row → (organisation, why it must be looked at by a person, if so)."""
        found: dict[int, tuple[int, str]] = {}
        by_tax_id, by_key = self._by_tax_id(columns, rows), self._by_key(columns, rows)
        unnamed = []
        for index in rows:
            if index in by_tax_id:
                found[index] = by_tax_id[index]
            elif index in by_key:
                found[index] = (by_key[index], "")
            elif not (columns.get("source_key") and columns["source_key"][index]):
                unnamed.append(index)
        return found | self._by_name(columns, unnamed)

    def _by_tax_id(self, columns: Columns, rows: list[int]) -> dict[int, tuple[int, str]]:
        wanted = (
            {columns["tax_id"][i][:3]: i for i in rows if columns["tax_id"][i]}
            if "tax_id" in columns
            else {}
        )
        found = {}
        for part in in_parts(number for _, _, number in wanted):
            rows_found = Identifier.objects.filter(number__in=part).values_list(
                "country", "type", "number", "organisation", "organisation__centre"
            )
            for *tax_id, pk, centre in rows_found:
                if (index := wanted.get((tax_id[0], tax_id[1], tax_id[2]))) is not None:
                    found[index] = (pk, "" if centre == self._centre else _ELSEWHERE)
        return found

    def _by_key(self, columns: Columns, rows: list[int]) -> dict[int, int]:
        wanted = (
            {columns["source_key"][i]: i for i in rows if columns["source_key"][i]}
            if "source_key" in columns
            else {}
        )
        found = {}
        for part in in_parts(wanted):
            here = Provenance.objects.filter(source_key__in=part, organisation__centre=self._centre)
            for key, pk in here.values_list("source_key", "pk"):
                found[wanted[key]] = pk
        return found

    def _by_name(self, columns: Columns, rows: list[int]) -> dict[int, tuple[int, str]]:
        areas = columns.get("area_id")
        wanted: dict[tuple[Any, ...], int] = {
            (columns["name_key"][i], columns["kind"][i], areas[i] if areas else None): i
            for i in rows
        }
        found: dict[int, tuple[int, str]] = {}
        for part in in_parts({key[0] for key in wanted}):
            here = Organisation.objects.filter(centre=self._centre, name_key__in=part).exclude(
                status="merged"
            )
            for *key, pk in here.order_by("pk").values_list("name_key", "kind", "area", "pk"):
                if (index := wanted.get(tuple(key))) is not None:
                    found[index] = (found[index][0], _SEVERAL) if index in found else (pk, "")
        return found

    def _skip_unchanged(
        self,
        columns: Columns,
        start: int,
        matches: dict[int, tuple[int, str]],
        resolution: Resolution,
    ) -> None:
        """Rows that said exactly this at the last import, of records untouched since, need no comparison."""
        known: dict[int, int] = {}
        for part in in_parts({pk for pk, _ in matches.values()}):
            rows = Provenance.objects.filter(pk__in=part).values_list(
                "pk", "digest", "version", "organisation__version"
            )
            known |= {pk: digest for pk, digest, version, edited in rows if version == edited}
        for index, (pk, reason) in list(matches.items()):
            if not reason and known.get(pk) == columns["digest"][index]:
                resolution.verdicts[start + index] = UNCHANGED
                del matches[index]

    def _compare(
        self, row: dict[str, Any], at: int, current: Current, reason: str, resolution: Resolution
    ) -> None:
        found = Difference() if reason == _ELSEWHERE else difference(current, row)
        reason = reason or _reason(row, current, found)
        if not found and not reason:
            resolution.verdicts[at] = UNCHANGED
        elif reason:
            resolution.verdicts[at] = CONFLICT
            resolution.conflicts.append(_entry(row, at, current, found, reason))
        elif (before := self._spoken_of.setdefault(current.pk, row["row_no"])) != row["row_no"]:
            _refuse(resolution, at, row["row_no"], _SPOKEN_OF, row=before)
        else:
            resolution.verdicts[at] = CHANGED
            resolution.changes.append(_entry(row, at, current, found, ""))


def _reason(row: dict[str, Any], current: Current, found: Difference) -> str:
    """Why a person must decide, "" when the row may simply be taken."""
    if row.get("tax_id") and strongly_different(row["name_key"], _name_key(current)):
        return _OTHER_NAME
    if not found:
        return ""
    if current.is_merged:
        return _MERGED
    if "tax_id" in found.after and any(known[1] == row["tax_id"][1] for known in current.tax_ids):
        return _OTHER_TAX_ID
    return _EDITED if current.is_edited else ""


def _name_key(current: Current) -> str:
    return fold(str(current.values["name"]))


def _entry(
    row: dict[str, Any], at: int, current: Current, found: Difference, reason: str
) -> dict[str, Any]:
    return {
        "position": at, "row_no": row["row_no"], "organisation": current.pk, "version": current.version,
        "reason": reason, "before": found.before, "after": found.after, "said": said(row),
    }  # fmt: skip


def said(row: dict[str, Any]) -> dict[str, Any]:
    """What provenance will keep of the row."""
    return {
        "row_no": row["row_no"],
        "digest": row["digest"],
        "source_key": row.get("source_key") or None,
    }
