"""A file as a table: headers and chunks of rows of text cells, whatever its format."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from yanapay.kernel.errors import UnreadableFile
from yanapay.tabular import delimited, parquet, workbooks
from yanapay.tabular.formats import sniff
from yanapay.tabular.source import Source

CHUNK = 20_000
MOST_COLUMNS = 1_000
_LOOKED_AT = 20  # a header stands in the first rows or nowhere

Row = list[str]
Score = Callable[[Sequence[str]], int]


class Chunk(NamedTuple):
    """Some rows, each as wide as the header; ``numbers`` are theirs as a spreadsheet shows them.

    ``overlong`` tells of rows that had more cells than the header: row number → how many.
    """

    rows: list[Row]
    numbers: list[int]
    overlong: dict[int, int]


@dataclass(frozen=True)
class Table:
    """An opened file. ``chunks()`` may be called again: it reads the file anew."""

    source: Source
    headers: tuple[str, ...]
    header_row: int
    notes: list[str] = field(default_factory=list)

    @property
    def rows_estimate(self) -> int:
        return self.source.rows_estimate

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """The rows below the header; rows without any content are left out."""
        below = self._numbered()
        while taken := list(islice(below, size)):
            chunk = _shape(taken, len(self.headers))
            if chunk.rows:
                yield chunk

    def rows_at(self, numbers: Collection[int]) -> list[tuple[int, Row]]:
        """Single rows by the numbers that chunks gave them; reads no further than the last."""
        until = max(numbers, default=0) - self.header_row
        wanted = [one for one in islice(self._numbered(), max(until, 0)) if one[0] in numbers]
        chunk = _shape(wanted, len(self.headers))
        return list(zip(chunk.numbers, chunk.rows, strict=True))

    def _numbered(self) -> Iterator[tuple[int, Row]]:
        """The rows below the header, each with its number."""
        return islice(enumerate(self.source.rows(), start=1), self.header_row, None)

    def sample(self, size: int = 5) -> list[Row]:
        """The first rows, to show beside the proposed mapping."""
        return next(self.chunks(size), Chunk([], [], {})).rows


def open_table(path: Path, score: Score = len) -> Table:
    """Open a file. ``score`` tells how many cells of a row it takes for headers; the best row wins.

    Raises UnreadableFile when the file is empty, broken, or of another kind than a table.
    """
    source = _READERS[sniff(path)](path)
    first = list(islice(source.rows(), _LOOKED_AT))
    filled = [(index, row) for index, row in enumerate(first, start=1) if any(map(str.strip, row))]
    if not filled:
        raise UnreadableFile("The file is empty.")
    header_row, cells = max(filled, key=lambda item: (score(item[1]), -item[0]))
    if (columns := _extent(cells)) > MOST_COLUMNS:
        raise UnreadableFile(
            "The file has {n} columns; at most {most} can be read.", n=columns, most=MOST_COLUMNS
        )
    below = max(_extent(row[: len(cells)]) for index, row in filled if index >= header_row)
    return Table(source, _headers(cells[: below if below <= MOST_COLUMNS else columns]), header_row)


_READERS: dict[str, Callable[[Path], Source]] = {
    "csv": delimited.Delimited,
    "xlsx": workbooks.Workbook,
    "parquet": parquet.Parquet,
}


def _headers(cells: Iterable[str]) -> tuple[str, ...]:
    """Every column with a name of its own: merged header cells leave blanks, people repeat names."""
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"column {position}"
        names.append(name if name not in names else f"{name} ({position})")
    return tuple(names)


def _extent(cells: Row) -> int:
    """How many cells the row has up to the last one that holds something."""
    return next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), 0)


def _shape(numbered: list[tuple[int, Row]], width: int) -> Chunk:
    numbers, rows = [list(part) for part in zip(*numbered, strict=True)] if numbered else ([], [])
    if all(map(width.__eq__, map(len, rows))) and all(map(any, rows)):
        return Chunk(rows, numbers, {})
    kept: list[Row] = []
    kept_numbers: list[int] = []
    overlong: dict[int, int] = {}
    for number, row in zip(numbers, rows, strict=True):
        if not any(map(str.strip, row)):
            continue
        if any(map(str.strip, row[width:])):
            overlong[number] = len(row)
        kept.append((row + [""] * (width - len(row)))[:width])
        kept_numbers.append(number)
    return Chunk(kept, kept_numbers, overlong)
