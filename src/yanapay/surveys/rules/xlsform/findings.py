"""What the checks say of a form: each finding names its place in the workbook and what to do there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message

ERROR, WARNING, NOTE = "error", "warning", "note"
_ORDER = (ERROR, WARNING, NOTE)
_SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """One remark. ``row`` is the row number of the spreadsheet (1 = head), 0 when there is none."""

    severity: str
    code: str
    message: Message
    sheet: str = ""
    row: int = 0
    column: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON holds it; :func:`finding` reads it again."""
        return {
            "severity": self.severity, "code": self.code, "sheet": self.sheet, "row": self.row,
            "column": self.column, "template": self.message.template,
            "values": dict(self.message.values),
        }  # fmt: skip


def finding(plain: Mapping[str, Any]) -> Finding:
    """The finding that ``Version.findings`` keeps; its message can be rendered in any language."""
    message = Message(plain["template"], **plain["values"])
    place = (plain["sheet"], plain["row"], plain["column"])
    return Finding(plain["severity"], plain["code"], message, *place)


def arranged(found: Iterable[Finding]) -> list[Finding]:
    """Errors first, each kind in the order of the workbook; of many alike the first ones and how many more."""
    kinds: dict[tuple[str, str, str], list[Finding]] = {}
    for one in dict.fromkeys(found):
        kinds.setdefault((one.severity, one.code, one.sheet), []).append(one)
    kept = [one for alike in kinds.values() for one in _first(alike)]
    return sorted(
        kept, key=lambda f: (_ORDER.index(f.severity), f.sheet != "survey", f.sheet, f.row)
    )


def _first(alike: list[Finding]) -> list[Finding]:
    if len(alike) <= _SHOWN:
        return alike
    last = alike[_SHOWN - 1]
    more = Message("There are {count} more remarks of this kind below.", count=len(alike) - _SHOWN)
    return [*alike[:_SHOWN], Finding(last.severity, last.code, more, last.sheet, last.row)]


@dataclass(frozen=True)
class Place:
    """A cell: sheet, row number and head of the column."""

    sheet: str
    row: int = 0
    column: str = ""

    def error(self, code: str, message: Message) -> Finding:
        return self._say(ERROR, code, message)

    def warning(self, code: str, message: Message) -> Finding:
        return self._say(WARNING, code, message)

    def note(self, code: str, message: Message) -> Finding:
        return self._say(NOTE, code, message)

    def _say(self, severity: str, code: str, message: Message) -> Finding:
        return Finding(severity, code, message, self.sheet, self.row, self.column)


class UnusableForm(RuleBroken):
    """The workbook cannot become a form. Says the first error; ``findings`` holds them all."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        super().__init__("{where}{what}", field="file", where=_where(first), what=first.message)
        self.findings = findings


def _where(first: Finding) -> Message | str:
    if first.row and first.column:
        return Message(
            "Sheet {sheet}, row {row}, column {column}: ",
            sheet=first.sheet, row=first.row, column=first.column,
        )  # fmt: skip
    if first.row:
        return Message("Sheet {sheet}, row {row}: ", sheet=first.sheet, row=first.row)
    return Message("Sheet {sheet}: ", sheet=first.sheet) if first.sheet else ""


@dataclass(frozen=True)
class Examined:
    """What became of a workbook: the XForm and its parts, or why there is none."""

    findings: list[Finding]
    form_id: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    xform: bytes = b""
    languages: list[str] = field(default_factory=list)
    schema: list[dict[str, Any]] = field(default_factory=list)
    choices: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    media: list[str] = field(default_factory=list)
    validated_by: str = ""

    @property
    def is_usable(self) -> bool:
        return not any(one.severity == ERROR for one in self.findings)
