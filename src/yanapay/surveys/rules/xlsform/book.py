"""A workbook as sheets of texts. Runs in the child process only: a hostile file may take that down."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pyxform.validators.pyxform.sheet_misspellings import find_sheet_misspellings
from pyxform.xls2json_backends import xlsx_value_to_str

from yanapay.kernel.messages import Message
from yanapay.surveys.rules.xlsform.findings import Finding, Place

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
LARGEST_UNPACKED = 200 << 20
MOST_ROWS = 50_000
Row = dict[str, str]


@dataclass
class Sheet:
    """A sheet by rows: ``rows[0]`` is row 2 of the spreadsheet; blank ones keep their place as ``{}``."""

    name: str
    headers: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def numbered(self) -> list[tuple[int, Row]]:
        """Row number of the spreadsheet and row, blank ones left out."""
        return [(at, row) for at, row in enumerate(self.rows, 2) if row]


@dataclass
class Book:
    """The sheets that XLSForm knows, by name in small letters."""

    sheets: dict[str, Sheet]
    names: list[str]

    def sheet(self, name: str) -> Sheet:
        return self.sheets.get(name) or Sheet(name)

    @property
    def settings(self) -> Row:
        rows = self.sheet("settings").numbered()
        return rows[0][1] if rows else {}


class Unreadable(Exception):
    """Not a workbook that a form could be in; holds the finding."""

    def __init__(self, found: Finding) -> None:
        self.finding = found
        super().__init__(str(found.message))


def read(content: bytes) -> tuple[Book, list[Finding]]:
    """The sheets, and what is remarkable about the file. Raises Unreadable."""
    _refuse(content)
    try:
        shown = load_workbook(BytesIO(content), read_only=True, data_only=True)
        typed = load_workbook(BytesIO(content), read_only=True, data_only=False)
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        OSError,
        ValueError,
        TypeError,
    ) as error:
        raise Unreadable(_DAMAGED) from error
    book, found = Book({}, list(shown.sheetnames)), []
    for name in shown.sheetnames:
        known = name.strip().lower()
        if known in SHEETS and known not in book.sheets:
            book.sheets[known], formulas = _sheet(known, shown[name], typed[name])
            found += formulas
    if "survey" not in book.sheets:
        raise Unreadable(_without_survey(book.names))
    return book, found


_WHOLE_FILE = Place("")
_DAMAGED = _WHOLE_FILE.error("damaged", Message(
    "This file is not a workbook that can be read. Open it in a spreadsheet and save it as XLSX."
))  # fmt: skip
_OLD_OR_PROTECTED = _WHOLE_FILE.error("old_or_protected", Message(
    "This workbook is in the old XLS format or protected by a password. "
    "Save it as XLSX without a password."
))  # fmt: skip
_MACROS = _WHOLE_FILE.error("macros", Message(
    "This workbook holds macros. A form needs none: save it as XLSX without macros."
))  # fmt: skip
_TOO_LARGE = _WHOLE_FILE.error("too_large", Message("The workbook is too large to be a form."))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how XLS begins, and an XLSX that a password encloses


def _refuse(content: bytes) -> None:
    if content.startswith(_OLE):
        raise Unreadable(_OLD_OR_PROTECTED)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable(_DAMAGED) from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(_MACROS)
    if unpacked > LARGEST_UNPACKED:
        raise Unreadable(_TOO_LARGE)


def _without_survey(names: list[str]) -> Finding:
    shown = ", ".join(names[:8])
    alike = [name for name in names if find_sheet_misspellings("survey", [name])]
    if alike:
        return Place(alike[0]).error(
            "sheet_misspelt",
            Message("The sheet «{name}» should be called «survey».", name=alike[0]),
        )
    return Place("").error(
        "no_survey",
        Message(
            "There is no sheet called «survey», where the questions stand. Sheets of this file: {names}.",
            names=shown,
        ),
    )


def _sheet(name: str, shown: Any, typed: Any) -> tuple[Sheet, list[Finding]]:
    """Its rows as text by header, the empty ones at its end left out; ``typed`` tells formulas from values."""
    sheet, found, headers = Sheet(name), [], list[str]()
    both = zip(shown.iter_rows(values_only=True), typed.iter_rows(), strict=False)
    for number, (values, cells) in enumerate(both, 1):
        if number > MOST_ROWS:
            raise Unreadable(_too_long(Place(name, number)))
        if number == 1:
            headers = [_text(value) for value in values]
            sheet.headers = [one for one in headers if one]
            found += _twice(sheet)
        else:
            told = zip(headers, map(_text, values), strict=False)
            sheet.rows.append({header: text for header, text in told if header and text})
        found += _formulas(Place(name, number), headers, values, cells)
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
    return sheet, found


def _too_long(place: Place) -> Finding:
    return place.error(
        "too_many_rows",
        Message(
            "The sheet has over {most} rows. Copy the form into a new workbook.", most=MOST_ROWS
        ),
    )


def _twice(sheet: Sheet) -> list[Finding]:
    twice = {h for h in sheet.headers if sheet.headers.count(h) > 1}
    return [
        Place(sheet.name, 1, h).error(
            "column_twice", Message("There are two columns «{name}». Keep one.", name=h)
        )
        for h in sorted(twice)
    ]


def _formulas(place: Place, headers: list[str], values: Any, cells: Any) -> list[Finding]:
    """What is to be said of each cell of a row that holds a formula."""
    columns = [*headers, *[""] * (len(values) - len(headers))]
    return [
        _formula(Place(place.sheet, place.row, column), value)
        for column, value, cell in zip(columns, values, cells, strict=False)
        if getattr(cell, "data_type", "") == "f"
    ]


def _formula(place: Place, value: Any) -> Finding:
    """It counts as the value it showed when the file was saved; without one there is nothing to take."""
    if value is None:
        return place.error(
            "formula_without_value",
            Message(
                "This cell holds a formula without a result. Write the text itself (paste as values)."
            ),
        )
    return place.warning(
        "formula",
        Message(
            "This cell holds a formula; its result «{value}» was taken. Paste it as a value.",
            value=_text(value)[:60],
        ),
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else str(xlsx_value_to_str(value))
