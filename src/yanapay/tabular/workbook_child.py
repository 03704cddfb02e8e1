"""The child process that reads a workbook: one JSON array per row on standard output."""

import json
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from yanapay.tabular.cells import as_text
from yanapay.tabular.workbook_errors import errors
from yanapay.tabular.workbooks import limit_this_process

PASSWORD, NOTHING, BROKEN = 3, 4, 5


def main(path: str) -> int:
    """Print the rows of the sheet that holds the list; the exit status tells what went wrong."""
    limit_this_process()
    try:
        name, rows = _list_of(CalamineWorkbook.from_path(path))
        _restore(rows, errors(Path(path), name))
    except PasswordError:
        return PASSWORD
    except (CalamineError, MemoryError) as error:
        sys.stderr.write(str(error))
        return BROKEN
    for row in rows:
        sys.stdout.write(json.dumps([as_text(cell) for cell in row], ensure_ascii=False) + "\n")
    return 0 if rows else NOTHING


def _list_of(workbook: CalamineWorkbook) -> tuple[str, list[list[Any]]]:
    """Name and rows of the first sheet that looks like a table, not of the cover before it."""
    otherwise: tuple[str, list[list[Any]]] = "", []
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        filled = [sum(cell != "" for cell in row) for row in rows]
        if sum(cells > 1 for cells in filled) > 1:
            return name, rows
        if any(filled) and not otherwise[1]:
            otherwise = name, rows
    return otherwise


def _restore(rows: list[list[Any]], shown: dict[tuple[int, int], str]) -> None:
    """Put back what the reader leaves out: cells that show an error."""
    for (row, column), error in shown.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1]))
