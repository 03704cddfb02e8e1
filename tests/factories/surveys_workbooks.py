"""Workbooks as people write them, good and bad."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

Rows = Sequence[Sequence[str | None]]
HEAD = (
    "type",
    "name",
    "label::Español (es)",
    "label::English (en)",
    "relevant",
    "constraint",
    "calculation",
)
CHOICES: Rows = (
    ("list_name", "name", "label::Español (es)", "label::English (en)"),
    ("yes_no", "si", "Sí", "Yes"),
    ("yes_no", "no", "No", "No"),
)
CONSENT = ("select_one yes_no", "consent", "¿Acepta?", "Do you agree?")
NAME = ("text", "name", "Nombre", "Name")


def settings(form_id: str = "feria", version: str = "1") -> Rows:
    return (
        ("form_title", "form_id", "version", "default_language"),
        ("Feria", form_id, version, "Español (es)"),
    )


def workbook(*questions: Sequence[str | None], choices: Rows = CHOICES, **settled: str) -> bytes:
    """An XLSForm that asks these questions."""
    return sheets(survey=(HEAD, *questions), choices=choices, settings=settings(**settled))


def sheets(**by_name: Rows) -> bytes:
    """A workbook of these sheets; a text that begins with "=" becomes a formula."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 3, 12)})  # noqa: DTZ001
    for name, rows in by_name.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    sheet.write(at, column, text)
    book.close()
    return target.getvalue()


def small_form(form_id: str = "feria", version: str = "1") -> bytes:
    """Consent, a name, and workers counted in the way that every client counts alike."""
    return sheets(**small_sheets(form_id, version))


def small_sheets(form_id: str = "feria", version: str = "1") -> dict[str, Rows]:
    """The sheets of the small form."""
    asked: Rows = (
        HEAD, CONSENT, NAME,
        ("begin repeat", "worker", "Persona", "Person"),
        ("select_one yes_no", "woman", "¿Es mujer?", "Is she a woman?"),
        ("calculate", "one", None, None, None, None, "if(${woman} = 'si', 1, 0)"),
        ("end repeat", "worker"),
        ("calculate", "women", None, None, None, None, "sum(${one})"),
    )  # fmt: skip
    return {"survey": asked, "choices": CHOICES, "settings": settings(form_id, version)}
