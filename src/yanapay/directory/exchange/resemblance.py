"""New rows that resemble an organisation already known, or an earlier row, by the entry rules.

The rules are those of the entry form: a similar name, and the same phone or a point within 100 m. Candidates
among the rows come from sorting the numbers of the spool, so that a national registry takes seconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

import numpy as np
from django.db.models import Q
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from yanapay.directory.exchange.current import in_parts
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.exchange.verdicts import NEW
from yanapay.directory.models import Organisation
from yanapay.directory.models.phones import has_second, has_second_in
from yanapay.directory.rules.duplicates import NEAR_METRES, SIMILAR, bare_name, bare_phone, metres
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.kernel.numbers import distinct

_CELL = (
    0.002  # degrees, over 200 m: two points within 100 m share a cell of one of four shifted grids
)
_COMPARED = (
    20  # at most so many rows before it: a phone of a call shop or a market hall stands on hundreds
)
_EXAMPLES = 50
_HALF = 32  # bits of a pair
_AT_ONCE = 100_000
_PHONE = Message("It has the same phone and a similar name.").template
_PLACE = Message("It has a similar name and lies {metres} m away.").template


@dataclass
class Suspects:
    """How many new rows may be duplicates, with some examples to show."""

    rows: set[int] = field(default_factory=set)
    examples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.rows)

    def add(self, row_no: int, name: str, other: dict[str, Any], error: RuleBroken) -> None:
        if row_no not in self.rows and len(self.examples) < _EXAMPLES:
            sentence = {"template": error.message.template, "values": dict(error.message.values)}
            self.examples.append({"row_no": row_no, "name": name, **other, "reason": sentence})
        self.rows.add(row_no)


def possible_duplicates(spool: Spool, verdicts: Any, centre_id: int) -> Suspects:
    """Compare the rows whose verdict is NEW with each other and with the centre's organisations."""
    suspects = Suspects()
    arrays = spool.read_arrays("compared")
    if not (len(verdicts) and (arrays["phone"].any() or not np.isnan(arrays["latitude"]).all())):
        return suspects
    pairs = _candidates(arrays, np.flatnonzero(verdicts == NEW))
    _compare_rows(spool, arrays, pairs, suspects)
    if Organisation.objects.filter(centre=centre_id).exists():
        _compare_known(spool, verdicts, centre_id, suspects)
    return suspects


def _candidates(arrays: dict[str, Any], new: Any) -> Any:
    """Pairs of positions that share a phone or a cell, each once; the earlier in the upper bits."""
    found = [_sharing(_phones(arrays)[new].T.ravel(), np.tile(new, 2))]
    latitude, longitude = arrays["latitude"][new], arrays["longitude"][new]
    known = ~np.isnan(latitude)
    for shift in ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5)):
        rows = np.floor(latitude[known] / _CELL + shift[0]).astype(np.int64) + 100_000
        cells = np.floor(longitude[known] / _CELL + shift[1]).astype(np.int64) + 200_000
        found.append(_sharing(rows * 1_000_000 + cells, new[known]))
    return distinct(np.concatenate(found))


def _phones(arrays: dict[str, Any]) -> Any:
    """Up to two telephones of each row; a file that an earlier release staged knows of one."""
    first = arrays["phone"]
    return np.stack([first, arrays.get("phone_2", np.zeros_like(first))], axis=1)


def _sharing(values: Any, positions: Any) -> Any:
    """Pairs with the same value other than 0, among neighbours in the order of the file."""
    kept = values != 0
    values, positions = values[kept], positions[kept]
    order = np.argsort(values, kind="stable")
    values, positions = values[order], positions[order]
    pairs = [np.empty(0, np.int64)]
    for step in range(1, min(_COMPARED, len(values))):
        same = np.flatnonzero(values[step:] == values[:-step])
        if not len(same):
            break
        one, other = positions[same], positions[same + step]
        pairs.append(np.minimum(one, other) << _HALF | np.maximum(one, other))
    return np.concatenate(pairs)


def _compare_rows(spool: Spool, arrays: dict[str, Any], pairs: Any, suspects: Suspects) -> None:
    names = _names(spool, distinct(np.concatenate(_sides(pairs))))
    numbers, phones = arrays["row_no"], _phones(arrays)
    points = np.stack([arrays["latitude"], arrays["longitude"]], axis=1)
    for earlier, later in _similar(names, pairs):
        shared = {*phones[earlier].tolist()} & {*phones[later].tolist()} - {0}
        if error := _reason(shares_phone=bool(shared), one=points[earlier], other=points[later]):
            other = {"other_row": int(numbers[earlier]), "other_name": names[earlier]}
            suspects.add(int(numbers[later]), names[later], other, error)


def _reason(*, shares_phone: bool, one: Any, other: Any) -> RuleBroken | None:
    if shares_phone:
        return RuleBroken(_PHONE)
    if np.isnan(one).any() or np.isnan(other).any():
        return None
    away = metres((float(one[0]), float(one[1])), (float(other[0]), float(other[1])))
    return RuleBroken(_PLACE, metres=round(away)) if away <= NEAR_METRES else None


def _alike(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(one, other, score_cutoff=SIMILAR) >= SIMILAR


def _similar(names: dict[int, str], pairs: Any) -> Iterator[tuple[int, int]]:
    """Those with similar names, some at a time: of a national registry there are millions of pairs."""
    for start in range(0, len(pairs), _AT_ONCE):
        earlier, later = (side.tolist() for side in _sides(pairs[start : start + _AT_ONCE]))
        ours, theirs = ([names[at] for at in side] for side in (earlier, later))
        scores = cpdist(ours, theirs, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR)
        yield from compress(zip(earlier, later, strict=True), (scores >= SIMILAR).tolist())


def _sides(pairs: Any) -> tuple[Any, Any]:
    return pairs >> _HALF, pairs & ((1 << _HALF) - 1)


def _names(spool: Spool, wanted: Any) -> dict[int, str]:
    """Bare names of some positions, read chunk by chunk."""
    found: dict[int, str] = {}
    start = 0
    for columns in spool.chunks() if len(wanted) else ():
        keys = columns["name_key"]
        low, high = np.searchsorted(wanted, (start, start + len(keys)))
        found |= {at: bare_name(keys[at - start]) for at in wanted[low:high].tolist()}
        start += len(keys)
    return found


# -- against the directory ------------------------------------------------------------------------------------


def _compare_known(spool: Spool, verdicts: Any, centre_id: int, suspects: Suspects) -> None:
    start = 0
    for columns in spool.chunks():
        size = len(columns["row_no"])
        new = np.flatnonzero(verdicts[start : start + size] == NEW).tolist()
        start += size
        _by_phone(columns, new, centre_id, suspects)
        _by_point(columns, new, centre_id, suspects)


def _by_phone(
    columns: dict[str, list[Any]], new: Iterable[int], centre_id: int, suspects: Suspects
) -> None:
    rows: dict[str, list[int]] = defaultdict(list)
    for index in new:
        if "phone" in columns and columns["phone"][index]:
            for number in _numbers(columns["phone"][index]):
                rows[number].append(index)
    here = Organisation.objects.live().filter(centre=centre_id)
    two = [one for one in ("private_phone", "phone") if here.filter(has_second(one)).exists()]
    for part in in_parts(_spellings(rows)):
        asked = [Q(private_phone__in=part) | Q(phone__in=part)]
        for clue in (*asked, *(has_second_in(one, set(part)) for one in two)):
            known = here.filter(clue).values_list("pk", "name", "private_phone", "phone")
            for pk, name, *cells in known:
                for index in {i for cell in cells for i in _rows_with(rows, cell)}:
                    _note(columns, index, pk, name, RuleBroken(_PHONE), suspects)


def _numbers(cell: str) -> set[str]:
    """The cell as it stands, and each of two numbers."""
    return {cell, *cell.split(" / ")}


def _spellings(phones: Iterable[str]) -> Iterator[str]:
    """How each may stand in the directory: as it is, bare, with the country before it."""
    for phone in phones:
        bare = bare_phone(phone)
        yield from {phone, bare, f"+51{bare}"}


def _rows_with(rows: dict[str, list[int]], cell: str) -> list[int]:
    return [index for spelt in _spellings(_numbers(cell)) for index in rows.get(spelt, ())]


def _by_point(
    columns: dict[str, list[Any]], new: Iterable[int], centre_id: int, suspects: Suspects
) -> None:
    """Look around each point; many points are compared with the centre's points in one pass."""
    if "latitude" not in columns:
        return
    rows = [index for index in new if columns["latitude"][index] is not None]
    if not rows:
        return
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index in rows:
        cells[_cell(columns["latitude"][index], columns["longitude"][index])].append(index)
    latitudes = [columns["latitude"][index] for index in rows]
    here = Organisation.objects.live().filter(
        centre=centre_id, latitude__range=(min(latitudes) - _CELL, max(latitudes) + _CELL)
    )
    for pk, name, latitude, longitude in here.values_list(
        "pk", "name", "latitude", "longitude"
    ).iterator():
        if latitude is None or longitude is None:
            continue
        row, column = _cell(latitude, longitude)
        for index in (
            i for y in (-1, 0, 1) for x in (-1, 0, 1) for i in cells.get((row + y, column + x), ())
        ):
            away = metres(
                (latitude, longitude), (columns["latitude"][index], columns["longitude"][index])
            )
            if away <= NEAR_METRES:
                _note(columns, index, pk, name, RuleBroken(_PLACE, metres=round(away)), suspects)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude // _CELL), int(longitude // _CELL)


def _note(
    columns: dict[str, list[Any]],
    index: int,
    pk: int,
    name: str,
    error: RuleBroken,
    suspects: Suspects,
) -> None:
    mine = bare_name(columns["name_key"][index])
    if _alike(mine, bare_name(name)):
        other = {"other_organisation": pk, "other_name": name}
        suspects.add(columns["row_no"][index], columns["name"][index], other, error)
