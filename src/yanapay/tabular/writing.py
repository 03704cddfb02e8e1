"""Tables written as CSV, XLSX or Parquet, row by row, whatever their length.

Text that a spreadsheet would compute (=, +, -, @ in front) gets an apostrophe; our own reader takes it off.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow
import pyarrow.parquet
import xlsxwriter

from yanapay.kernel.errors import RuleBroken

FORMATS = ("csv", "xlsx", "parquet")
_AT_ONCE = 10_000
_XLSX_ROWS = 1_048_575
_AS_TEXT = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
_COMPUTED = ("=", "+", "-", "@", "\t", "\r")


def format_of(path: Path) -> str:
    """The format that the ending of a name asks for."""
    ending = path.suffix.lstrip(".").lower()
    if ending not in FORMATS:
        raise RuleBroken("Give the file a name that ends in .csv, .xlsx or .parquet.")
    return ending


def write_table(
    format: str,  # noqa: A002
    stream: BinaryIO,
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> int:
    """Write headers and rows to the stream; how many rows there were."""
    return _WRITERS[format](stream, headers, rows)


def write_sheets(
    stream: BinaryIO, tables: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]
) -> None:
    """A workbook with one named sheet per table. Names are cut to what spreadsheets take."""
    workbook = xlsxwriter.Workbook(stream, _AS_TEXT)
    bold, taken = workbook.add_format({"bold": True}), set[str]()
    for number, (name, headers, rows) in enumerate(tables, start=1):
        called = re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip()
        called = (
            called if called and called.lower() not in taken else f"{called[:27]} {number}".strip()
        )
        taken.add(called.lower())
        sheet = _new_sheet(workbook, headers, bold, called)
        for line, row in enumerate(rows, start=1):
            _write_row(sheet, line, row)
    workbook.close()


def neutral(cell: Any) -> Any:
    """The cell, made harmless to a spreadsheet that would compute it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_COMPUTED) else cell


def _write_csv(stream: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(neutral, headers))
    count = 0
    for part in _parts(rows):
        writer.writerows([neutral(cell) for cell in row] for row in part)
        count += len(part)
    text.detach()
    return count


def _write_xlsx(stream: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    workbook = xlsxwriter.Workbook(stream, _AS_TEXT)
    bold = workbook.add_format({"bold": True})
    sheet, count, line = None, 0, _XLSX_ROWS
    for row in rows:
        if line == _XLSX_ROWS:
            sheet, line = _new_sheet(workbook, headers, bold), 0
        line, count = line + 1, count + 1
        _write_row(sheet, line, row)
    if sheet is None:
        _new_sheet(workbook, headers, bold)
    workbook.close()
    return count


def _new_sheet(workbook: Any, headers: Sequence[str], bold: Any, name: str | None = None) -> Any:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, header in enumerate(headers):
        sheet.write_string(0, column, neutral(str(header)), bold)
    return sheet


def _write_row(sheet: Any, line: int, row: Sequence[Any]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            if cell not in (None, ""):
                sheet.write_string(line, column, neutral(str(cell))[:32_767])
        else:
            sheet.write_number(line, column, cell)


def _write_parquet(stream: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Every column as text: a type that holds for the first rows may not for the last."""
    schema = pyarrow.schema([(header, pyarrow.string()) for header in headers])
    count = 0
    with pyarrow.parquet.ParquetWriter(stream, schema) as writer:
        for part in _parts(rows):
            columns = [
                [None if cell in (None, "") else str(cell) for cell in column]
                for column in zip(*part, strict=True)
            ]
            writer.write_table(
                pyarrow.table(dict(zip(headers, columns, strict=True)), schema=schema)
            )
            count += len(part)
    return count


def _parts(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    remaining = iter(rows)
    while part := list(islice(remaining, _AT_ONCE)):
        yield part


_WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx, "parquet": _write_parquet}
