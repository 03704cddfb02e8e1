"""Sheets as a workbook that people like to read: heads that stay, columns of a fit width, groups in colour."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

_WIDTHS = {"type": 30, "name": 22, "list_name": 22, "required": 9, "origin": 14, "personal": 9}
_TEXT = 48
_BEGINS = ("begin group", "begin repeat")


def workbook(sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> bytes:
    """An XLSX of the sheets; the columns of a sheet are those that any of its rows has. Deterministic."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001  the same bytes every time
    head = book.add_format(
        {"bold": True, "bg_color": "#0f615f", "font_color": "#ffffff", "valign": "top"}
    )
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    group = book.add_format(
        {"text_wrap": True, "valign": "top", "bold": True, "bg_color": "#e3efee", "num_format": "@"}
    )
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        columns = _columns(rows)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS.get(column, _TEXT if "::" in column else 26))
            sheet.write_string(0, at, column, head)
        for number, row in enumerate(rows, 1):
            look = group if row.get("type", "").startswith(_BEGINS) else plain
            for at, column in enumerate(columns):
                if value := row.get(column):
                    sheet.write_string(number, at, value, look)
        sheet.freeze_panes(1, 2)
    book.close()
    return target.getvalue()


def _columns(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """In the order in which XLSForm is usually written."""
    order = (
        "type",
        "list_name",
        "name",
        "label",
        "hint",
        "required",
        "relevant",
        "constraint",
        "constraint_message",
    )
    found = list(dict.fromkeys(column for row in rows for column in row))
    known = {name: at for at, name in enumerate(order)}
    return sorted(found, key=lambda column: known.get(column.split("::")[0], len(order)))
