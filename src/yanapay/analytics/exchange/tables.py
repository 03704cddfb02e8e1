"""Tables for machines: JSON, and the rows of a sheet."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_noop as _

from yanapay.analytics.rules.crosstab import Group, Row
from yanapay.analytics.rules.tables import Table
from yanapay.kernel.messages import Message
from yanapay.tabular.writing import write_table

HEADERS = (
    _("Table"), _("Scheme"), _("Group"), _("Group name"), _("Code"), _("Name"), _("Number"), _("Base"),
    _("Missing"), _("Share"), _("Rank"),
)  # fmt: skip
Say = Callable[[Message], str]
Translate = Callable[[str], str]


def as_json(table: Table, say: Say) -> dict[str, Any]:
    """``n`` and ``base`` are kept beside ``share`` (a fraction of the base); null is hidden or not printed."""
    return {
        "table": table.name, "title": say(table.title), "definition": say(table.definition),
        "source": say(table.source), "unit": say(table.unit), "group_by": table.group_by,
        "scheme": table.scheme or None, "base": table.base, "missing": table.missing,
        "groups": [_group(group) for group in table.tab.groups],
        "rows": [_row(row) for row in table.rows],
        "totals": [_row(row) for row in table.tab.totals],
        "notes": [say(note) for note in table.notes], **table.details,
    }  # fmt: skip


def rows(table: Table) -> Iterator[tuple[Any, ...]]:
    """One line per group and code, then the totals with an empty group."""
    groups = {group.code: group for group in table.tab.groups}
    shown = [*table.rows, *(() if table.group_by == "none" else table.tab.totals)]
    for at, row in enumerate(shown):
        group = groups.get(row.group) if at < len(table.rows) else None
        yield (
            table.name, table.scheme, row.group, group.label if group else "", row.code, row.label,
            _cell(row.n), _cell(row.base), _cell(group.missing if group else table.missing),
            _cell(row.share), _cell(row.rank),
        )  # fmt: skip


def as_file(table: Table, kind: str, translate: Translate) -> bytes:
    """The table as ``csv``, ``xlsx`` or ``json``."""
    if kind == "json":
        told = as_json(table, lambda message: message.render(translate))
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    stream = BytesIO()
    write_table(kind, stream, [translate(title) for title in HEADERS], rows(table))
    return stream.getvalue()


def _group(group: Group) -> dict[str, Any]:
    return {
        "group": group.code,
        "label": group.label,
        "base": group.base,
        "missing": group.missing,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "group": row.group, "code": row.code, "label": row.label, "n": row.n, "base": row.base,
        "share": row.share, "rank": row.rank,
    }  # fmt: skip


def _cell(value: float | None) -> Any:
    return "" if value is None else value
