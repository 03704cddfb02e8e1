"""Text files of separated cells (CSV and its relatives)."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from yanapay.kernel.errors import UnreadableFile
from yanapay.tabular.encoding import detect_delimiter, detect_encoding

LARGEST_CELL = 1 << 20
_NOT_CLOSED = "unexpected end of data"


class Delimited:
    """A CSV file, its encoding and delimiter found out by looking."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = detect_encoding(path)
        lines = self._first_lines()
        self.delimiter = detect_delimiter(lines)
        self._skipped = 1 if lines and lines[0].lower().startswith("sep=") else 0
        mean = sum(map(len, lines)) / len(lines) if lines else 1
        self.rows_estimate = max(0, int(path.stat().st_size / max(mean, 1)) - 1)

    def rows(self) -> Iterator[list[str]]:
        """Every record. An unclosed quotation mark would swallow the rest of the file: it stops here."""
        csv.field_size_limit(LARGEST_CELL)
        with self._open() as file:
            for _ in range(self._skipped):
                file.readline()
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                yield from reader
            except csv.Error as error:
                raise _explained(error, reader.line_num) from error
            except UnicodeError as error:
                raise _cut_off() from error

    def _first_lines(self) -> list[str]:
        with self._open() as file:
            try:
                return list(islice(file, 20))
            except UnicodeError as error:
                raise _cut_off() from error

    def _open(self) -> TextIO:
        errors = "surrogateescape" if self.encoding.startswith("utf-8") else "strict"
        return self.path.open(encoding=self.encoding, errors=errors, newline="")


def _explained(error: csv.Error, line: int) -> UnreadableFile:
    if _NOT_CLOSED in str(error):
        return UnreadableFile(
            "A quotation mark is opened and never closed, so the rows cannot be told apart. "
            "Look for a single \" before line {line}.", line=line,
        )  # fmt: skip
    if "field limit" in str(error):
        return UnreadableFile(
            "A cell near line {line} holds more than {limit} characters.",
            line=line,
            limit=LARGEST_CELL,
        )
    return UnreadableFile("Line {line} is not well-formed: {error}.", line=line, error=error)


def _cut_off() -> UnreadableFile:
    return UnreadableFile("The file ends in the middle of a letter: it is cut off.")
