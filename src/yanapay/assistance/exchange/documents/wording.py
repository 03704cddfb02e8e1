"""How values stand in a document: pairs, tables and drawings as plain values, worded in its language."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from yanapay.assistance.models import Case
from yanapay.base.showing import number

Facts = list[tuple[str, str]]
_SIZE = re.compile(r'<svg[^>]* width="(?P<width>[0-9.]+)"[^>]* height="(?P<height>[0-9.]+)"')
MISSING = "—"


@dataclass(frozen=True)
class Column:
    """``width`` shares the room that columns of width 0 (as wide as their text) leave."""

    label: str
    width: float = 0
    align: str = "left"


def amount(label: str) -> Column:
    """A column of numbers."""
    return Column(label, 0, "right")


def day(value: date | None) -> str:
    """«02/03/2026»; a dash when it is not known."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else MISSING


def long_day(value: date) -> str:
    """«2 de marzo de 2026»."""
    return date_format(value, "DATE_FORMAT")


def measured(thousandths: int | None, unit: str = "") -> str:
    """The value of an indicator, without needless decimals."""
    if thousandths is None:
        return MISSING
    value = (Decimal(thousandths) / 1000).normalize()
    exact = value.quantize(Decimal(1)) if value == value.to_integral() else value
    return f"{number(exact)}\N{NO-BREAK SPACE}{unit}".strip()


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[object]], *, total: Sequence[str] = (),
    empty: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A table for ``listing`` of ``quality/typst/base.typ``."""
    heads = [{"label": c.label, "width": c.width, "align": c.align} for c in columns]
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return {"columns": heads, "rows": cells, "total": list(total),
            "empty": empty or gettext("Nothing noted.")}  # fmt: skip


def drawing(svg: str, label: str) -> dict[str, Any] | None:
    """An SVG with its size, for ``picture``; None when there is none."""
    size = _SIZE.search(svg)
    if size is None:
        return None
    return {
        "svg": svg,
        "width": float(size["width"]),
        "height": float(size["height"]),
        "label": label,
    }


def signature(name: str, role: str) -> dict[str, str]:
    return {"name": name or " ", "role": role}


def identity(case: Case) -> Facts:
    """Which case of which enterprise: the first lines of every document."""
    organisation = case.organisation
    contact = case.contact.name if case.contact else ""
    return [
        (gettext("Case"), case.number),
        (gettext("Enterprise"), organisation.name),
        (gettext("About"), case.title),
        (gettext("Place"), organisation.area.full_name if organisation.area else MISSING),
        (gettext("Entrepreneur"), contact or MISSING),
        (gettext("Responsible"), str(case.responsible)),
        (gettext("Line"), str(case.get_line_display())),
        (gettext("Branch"), str(case.get_subsector_display())),
    ]


def centre_signature(case: Case) -> dict[str, str]:
    return signature(str(case.responsible), lines(gettext("For the centre"), case.centre.name))


def enterprise_signature(case: Case) -> dict[str, str]:
    contact = case.contact.name if case.contact else ""
    return signature(contact, lines(gettext("For the enterprise"), case.organisation.name))


def lines(*texts: str) -> str:
    """One below the other. Sentences stand outside of f-strings, or they are not collected."""
    return "\n".join(texts)
