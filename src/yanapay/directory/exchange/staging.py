"""Reading a file into the spool: every cell checked, nothing written to the directory yet."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from yanapay.base.forked import ordered
from yanapay.directory.exchange.checks import Columns
from yanapay.directory.exchange.problems import Problem, Rejected, storable
from yanapay.directory.exchange.reading import Reader
from yanapay.directory.exchange.reference import Reference
from yanapay.directory.exchange.spool import Arrays, Spool, pack
from yanapay.kernel.errors import UnreadableFile
from yanapay.tabular.tables import CHUNK, Chunk, Table

Progress = Callable[[int], None]
SHARED_FROM = CHUNK // 2


def digest_of(path: Path) -> str:
    """SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fill(
    spool: Spool, table: Table, mapping: dict[str, str], reference: Reference, progress: Progress
) -> dict[str, int]:
    """Read the whole file into the spool; how many rows there were, were rejected, and bore no date.

    Raises UnreadableFile when the file breaks off or has no rows.
    """
    reader = Reader(table.headers, mapping, reference)
    arrays: list[Arrays] = []
    rows = undated = rejected = 0
    with (spool.path / "unread.jsonl").open("w") as rejects:
        for part in _checked(table, reader):
            rows += part.rows
            undated += part.undated
            rejected += len(part.rejects)
            rejects.writelines(part.rejects)
            if part.arrays is not None:
                spool.write_chunk(len(arrays), part.columns)
                arrays.append(part.arrays)
            progress(rows)
    if not rows:
        raise UnreadableFile("The file has a header and no rows below it.")
    spool.write_arrays("compared", _joined(arrays))
    return {"rows": rows, "unread": rejected, "undated": undated}


@dataclass(frozen=True)
class Checked:
    """A chunk on its way into the spool: ``columns`` packed, ``arrays`` to compare by, rejects as lines."""

    rows: int
    undated: int
    rejects: list[str]
    columns: bytes
    arrays: Arrays | None


def _checked(table: Table, reader: Reader) -> Iterator[Checked]:
    """Every chunk checked; those of a large file by helper processes."""
    size = CHUNK if table.rows_estimate > 10 * CHUNK else CHUNK // 4  # enough parts to share
    chunks = ((chunk, reader.notice(chunk)) for chunk in table.chunks(size))
    share = ordered if table.rows_estimate > SHARED_FROM else map
    yield from share(partial(_check, reader), chunks)


def _check(reader: Reader, item: tuple[Chunk, bool]) -> Checked:
    chunk, m_is_woman = item
    read = reader.read(chunk, m_is_woman=m_is_woman)
    good = bool(read.columns["row_no"])
    return Checked(
        len(chunk.rows), read.undated, list(map(_line, read.rejected)), pack(read.columns),
        compared(read.columns) if good else None,
    )  # fmt: skip


def _line(rejected: Rejected) -> str:
    row = list(map(storable, rejected.row))
    return json.dumps([rejected.row_no, row, rejected.problems]) + "\n"


def compared(columns: Columns) -> Arrays:
    """The numbers by which the rows of a file are compared with each other; 0 where there is nothing.

    Python's own hash: the numbers of one file are made in one process and compared only among themselves.
    """
    size = len(columns["row_no"])
    keys = _hashes(columns.get("source_key"), size)
    tax_ids = _hashes(columns.get("tax_id"), size)
    areas = columns.get("area_id") or [None] * size
    names = _hashes(list(zip(columns["name_key"], columns["kind"], areas, strict=True)), size)
    names[(keys != 0) | (tax_ids != 0)] = 0
    phone, phone_2 = _phones(columns.get("phone"), size)
    return {
        "row_no": np.array(columns["row_no"], np.int64),
        "digest": np.array(columns["digest"], np.int64),
        "key": keys, "tax_id": tax_ids, "name": names,
        "phone": phone, "phone_2": phone_2,
        "document": _hashes(columns.get("owner_document"), size),
        "latitude": _floats(columns.get("latitude"), size),
        "longitude": _floats(columns.get("longitude"), size),
    }  # fmt: skip


def _hashes(cells: list[Any] | None, size: int) -> "np.ndarray[Any, Any]":
    if cells is None:
        return np.zeros(size, np.int64)
    return np.fromiter((hash(cell) if cell else 0 for cell in cells), np.int64, size)


def _phones(
    cells: list[str] | None, size: int
) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """The first two numbers of each cell by their last nine digits, the second only where it is another."""
    if cells is None:
        return np.zeros(size, np.int64), np.zeros(size, np.int64)
    parts = [cell.partition(" / ") for cell in cells]
    first = _hashes([number[-9:] for number, _, _ in parts], size)
    second = _hashes([others.partition(" / ")[0][-9:] for _, _, others in parts], size)
    second[second == first] = 0
    return first, second


def _floats(cells: list[float | None] | None, size: int) -> "np.ndarray[Any, Any]":
    return np.array(cells, float) if cells is not None else np.full(size, np.nan)


def _joined(arrays: list[Arrays]) -> Arrays:
    if not arrays:
        return {}
    sizes = np.array([len(one["row_no"]) for one in arrays], np.int64)
    return {name: np.concatenate([one[name] for one in arrays]) for name in arrays[0]} | {
        "sizes": sizes
    }


def refused_rows(table: Table, refused: dict[int, Problem]) -> list[list[Any]]:
    """Rows that were well-formed but cannot be taken, in the shape of the other rejects."""
    return [[number, row, [refused[number]]] for number, row in table.rows_at(refused)]
