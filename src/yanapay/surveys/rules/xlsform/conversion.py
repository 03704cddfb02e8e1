"""pyxform turns the sheets into an XForm; its errors become findings with their place."""

from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from yanapay.surveys.rules.xlsform.book import Book
from yanapay.surveys.rules.xlsform.columns import OURS
from yanapay.surveys.rules.xlsform.findings import Finding, Place
from yanapay.surveys.rules.xlsform.sentences import explained, quoted


def to_xform(book: Book, number: str, title: str) -> tuple[bytes, list[Finding]]:
    """The XForm, or nothing and the errors; either way what pyxform remarked."""
    warnings: list[str] = []
    try:
        result = convert(_definition(book, number, title), warnings=warnings, form_name="data")
    except PyXFormError as error:
        return b"", [explained(line) for line in str(error).split("\n[row") if line.strip()][:1]
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:200]
        return b"", [Place("").error("not_converted", quoted(said))]
    return result.xform.encode(), []


def _definition(book: Book, number: str, title: str) -> dict[str, Any]:
    """The workbook as pyxform takes it: without the columns that only we read, with title and version."""
    settings = {k: v for k, v in book.settings.items() if "::" not in k} | {
        "version": number,
        "form_title": title,
    }
    given: dict[str, Any] = {"sheet_names": book.names}
    for name, sheet in book.sheets.items():
        rows = [settings] if name == "settings" else [_taken(row) for row in sheet.rows]
        heads = settings if name == "settings" else _taken(dict.fromkeys(sheet.headers, ""))
        given |= {name: rows, f"{name}_header": [dict.fromkeys(heads)]}
    return given


def _taken(row: dict[str, str]) -> dict[str, str]:
    return {head: value for head, value in row.items() if head not in OURS}
