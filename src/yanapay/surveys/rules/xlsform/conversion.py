"""pyxform turns the sheets into an XForm; its errors become findings with their place."""

import re
from typing import Any

from pyxform.errors import ErrorCode, PyXFormError
from pyxform.xls2xform import convert

from yanapay.kernel.messages import Message
from yanapay.surveys.rules.xlsform.book import Book
from yanapay.surveys.rules.xlsform.columns import OURS
from yanapay.surveys.rules.xlsform.findings import Finding, Place

_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"(?:On the|sheet:) '(\w+)'(?: sheet)?")
_COLUMN = re.compile(r"the '([^']+)' value")
_SAID = {
    "NAMES_001": Message("There are two questions called «{value}» in the same group. Rename one."),
    "NAMES_003": Message("A repeat may not have the name of the form («{value}»)."),
    "NAMES_004": Message("There are two repeats called «{value}». Rename one."),
    "NAMES_005": Message("The name «meta» is reserved."),
    "NAMES_006": Message("This choice has no name."),
    "NAMES_007": Message("This list has the same choice name twice. Keep one."),
    "NAMES_008": Message("A name begins with a letter or «_»; then come letters, digits, «_», «-» and «.»."),
    "LABEL_001": Message("This choice has no label."),
    "HEADER_001": Message("The sheet «{sheet_name}» has no row with the names of its columns."),
    "HEADER_002": Message("The columns «{other}» and «{header}» of «{sheet_name}» mean the same. Keep one."),
    "HEADER_003": Message("The sheet «{sheet_name}» lacks a column: {missing}."),
    "PYREF_001": Message("A reference must be written ${{name}}."),
    "PYREF_003": Message("There is no question «{q}» to refer to."),
    "PYREF_004": Message("«{q}» is the name of several questions; a reference needs one. Rename the others."),
    "SURVEY_001": Message("«end {type}» without «begin {type}»."),
    "SURVEY_002": Message("«begin {type}» «{name}» has no «end {type}»."),
    "SURVEY_004": Message("Parameters are written key=value, separated by spaces."),
}  # fmt: skip
_SAID_OTHERWISE = (
    (r"Unknown question type '(?P<type>.+)'", Message("There is no type of question «{type}».")),
    (r"Question or group with no name", Message("This question has no name.")),
    (r"Question with no type", Message("This row has no type.")),
    (r"List name not in choices sheet: (?P<name>\S+)",
     Message("There is no list «{name}» in the sheet «choices».")),
    (r"There should be a choices sheet", Message("There is no sheet «choices», where the lists stand.")),
    (r"Choice names with spaces .* See \[(?P<name>.*)\] in \[(?P<list>.*)\]",
     Message("The choice «{name}» of the list «{list}» has a space: several answers could not be told apart.")),
    (r"named '(?P<name>.+)' has no label or hint", Message("The question «{name}» has no label.")),
    (r"Missing calculation", Message("This row needs a calculation.")),
    (r"Duplicate column header: (?P<name>.+)", Message("There are two columns «{name}». Keep one.")),
)  # fmt: skip


def _pattern(template: str) -> re.Pattern[str]:
    """What pyxform writes from a template, its values as named groups."""
    parts = re.split(r"\{(\w+)\}", template.replace("{{", "\0").replace("}}", "\1"))
    seen: set[str] = set()
    made = ""
    for at, part in enumerate(parts):
        if at % 2 == 0:
            made += re.escape(part.replace("\0", "{").replace("\1", "}"))
        else:
            made += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
    return re.compile(made)


_PATTERNS = [(_pattern(code.value.msg), code.name) for code in ErrorCode if code.name in _SAID] + [
    (re.compile(pattern), pattern) for pattern, _ in _SAID_OTHERWISE
]
_TEMPLATES = {**_SAID, **dict(_SAID_OTHERWISE)}


def to_xform(book: Book, number: str, title: str) -> tuple[bytes, list[Finding]]:
    """The XForm, or nothing and the errors; either way what pyxform remarked."""
    warnings: list[str] = []
    try:
        result = convert(_definition(book, number, title), warnings=warnings, form_name="data")
    except PyXFormError as error:
        return b"", [explained(line) for line in str(error).split("\n[row") if line.strip()][:1]
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:200]
        return b"", [
            Place("").error(
                "not_converted", Message("The form cannot be converted: {text}", text=said)
            )
        ]
    return result.xform.encode(), []


def explained(text: str) -> Finding:
    """A finding from pyxform's English sentence."""
    row, sheet, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    place = Place(
        sheet[1] if sheet else "survey" if row else "",
        int(row[1]) if row else 0,
        column[1] if column else "",
    )
    for pattern, key in _PATTERNS:
        if match := pattern.search(text):
            return place.error("pyxform", Message(_TEMPLATES[key].template, **match.groupdict()))
    said = " ".join(_ROW.sub("", text).split())[:400]
    return place.error("not_converted", Message("The form cannot be converted: {text}", text=said))


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
