"""What a form asks, question by question: the schema that answers are read with."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from yanapay.kernel.text import fold
from yanapay.surveys.rules.xlsform.book import Book, Row
from yanapay.surveys.rules.xlsform.columns import list_of
from yanapay.surveys.rules.xlsform.expressions import tree
from yanapay.surveys.rules.xlsform.languages import texts

_TYPES = {
    "select one": "select_one", "select1": "select_one", "select one from": "select_one",
    "select multiple": "select_multiple", "select all that apply": "select_multiple", "string": "text",
    "int": "integer", "photo": "image", "gps": "geopoint", "location": "geopoint",
    "select one from file": "select_one", "select multiple from file": "select_multiple",
}  # fmt: skip
_SELECT = re.compile(
    r"^(select[ _](?:one|multiple)(?:[ _](?:from[ _]file|external))?|select1|select all that apply|rank)"
    r"\s+(?:from\s+)?(\S+)(\s+or[_ ]other)?$", re.IGNORECASE
)  # fmt: skip
_GROUP = re.compile(r"^(begin|end)[ _](group|repeat|loop|lgroup)$", re.IGNORECASE)
_SILENT = {"note", "csv-external", "xml-external", "audit", "background-audio"}
_YES = {"yes", "true", "true()", "1", "si", "sí", "x"}
_PERSONAL = re.compile(
    r"\b(telefonos?|celular|correo|e-?mail|phone|telephone|dni|documento de identidad|identity (?:card|number)"
    r"|nombres? y apellidos?|apellidos?|surname|full name|persona entrevistada|person interviewed|interviewee"
    r"|representante|representative|fecha de nacimiento|date of birth|domicilio|home address)\b"
)  # fmt: skip
_CONSENT = re.compile(r"\b(consent\w*|consiente|autoriza\w*|acepta\w*|agree\w*|authori[sz]\w*)\b")
_TYPED = {"text", "integer", "decimal", "barcode", "date", "email", "phonenumber"}


@dataclass(frozen=True)
class Step:
    """A row of the survey sheet that opens or closes a group, or asks something."""

    number: int
    row: Row
    type: str
    name: str
    list: str = ""
    or_other: bool = False
    groups: tuple["Step", ...] = field(default=(), repr=False)
    opens: bool = False

    @property
    def is_repeat(self) -> bool:
        return self.type in {"repeat", "loop", "lgroup"}


def steps(book: Book) -> Iterator[Step]:
    """The rows of the survey in order, each with the groups around it; ends of groups left out."""
    around: list[Step] = []
    for number, row in book.sheet("survey").numbered():
        kind = row.get("type") or row.get("command", "")
        if str(row.get("disabled", "")).lower() in _YES or not kind:
            continue
        name = row.get("name") or row.get("value") or row.get("tag", "")
        if group := _GROUP.match(kind):
            if group[1].lower() == "end":
                around = around[:-1]
                continue
            step = Step(number, row, group[2].lower(), name, groups=tuple(around), opens=True)
            yield step
            around.append(step)
        elif select := _SELECT.match(kind):
            plain = select[1].lower().replace("_", " ")
            yield Step(
                number,
                row,
                _TYPES.get(plain, plain.replace(" ", "_")),
                name,
                select[2],
                bool(select[3]),
                tuple(around),
            )
        else:
            plain = " ".join(kind.lower().split())
            yield Step(number, row, _TYPES.get(plain, plain), name, groups=tuple(around))


def schema(book: Book, main: str) -> list[dict[str, Any]]:
    """Every question that holds an answer, as ``Version.schema`` documents it."""
    root = book.settings.get("name") or "data"
    found: list[dict[str, Any]] = []
    told: list[dict[str, str]] = []
    for step in steps(book):
        if step.type == "note":
            told.append(texts(step.row, "label", main))
        elif not step.opens and step.name and step.type not in _SILENT:
            found.append({**_question(step, root, main), "notes": told})
            told = []
            if step.or_other:
                found.append(_other(found[-1]))
    return found


def _question(step: Step, root: str, main: str) -> dict[str, Any]:
    path = [root, *(group.name for group in step.groups if group.name), step.name]
    titled = [group for group in step.groups if texts(group.row, "label", main)]
    section = titled[-1] if titled else None
    repeats = [group for group in step.groups if group.is_repeat]
    return {
        "path": "/" + "/".join(path), "name": step.name, "type": step.type,
        "labels": texts(step.row, "label", main), "list": step.list,
        "repeat": repeats[-1].name if repeats else "", "personal": is_personal(step, main),
        "row": step.number,
        "hints": texts(step.row, "hint", main),
        "section": texts(section.row, "label", main) if section else {},
        "section_logic": tree(relevance(section.row)) if section else None,
        "logic": tree(relevance(step.row)),
        "relevant": " and ".join(filter(None, [relevance(one.row) for one in (*step.groups, step)])),
        "required": step.row.get("required", "").lower() in _YES,
        "appearance": step.row.get("appearance", ""),
    }  # fmt: skip


def _other(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The text that pyxform adds where «or_other» stands."""
    logic = {"op": "=", "of": [{"name": asked["name"]}, {"value": "other"}]}
    return {
        **asked, "path": f"{asked['path']}_other", "name": f"{asked['name']}_other", "type": "text",
        "list": "", "labels": {"es": "Otro (especifique)", "en": "Other (specify)"}, "hints": {},
        "notes": [], "logic": logic,
    }  # fmt: skip


def relevance(row: Row) -> str:
    return row.get("relevant") or row.get("relevance", "")


def is_personal(step: Step, main: str) -> bool:
    """What the column ``personal`` says; else whether name or label speak of personal data."""
    if said := step.row.get("personal", "").lower():
        return said in _YES
    return step.type in _TYPED and bool(_PERSONAL.search(_words(step, main)))


def asks_consent(step: Step, main: str) -> bool:
    """Whether a question that can be refused speaks of consent."""
    closed = step.type in {"select_one", "acknowledge", "trigger"}
    return closed and bool(_CONSENT.search(_words(step, main)))


def _words(step: Step, main: str) -> str:
    said = [step.name.replace("_", " "), *texts(step.row, "label", main).values()]
    return fold(" · ".join(said))


def choices(book: Book, main: str, media: Mapping[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """The lists by name: of the choices sheet, and of the CSV files that questions are asked from."""
    found: dict[str, list[dict[str, Any]]] = {}
    for _, row in book.sheet("choices").numbered():
        code = row.get("name") or row.get("value", "")
        found.setdefault(list_of(row), []).append(
            {"code": code, "labels": texts(row, "label", main)}
        )
    for step in steps(book):
        if step.list in media and step.list.lower().endswith(".csv"):
            found[step.list] = _of_csv(media[step.list], main)
    return found


def _of_csv(content: bytes, main: str) -> list[dict[str, Any]]:
    rows = csv.DictReader(StringIO(content.decode("utf-8-sig", errors="replace")))
    return [
        {"code": row["name"], "labels": texts({k: v for k, v in row.items() if k and v}, "label", main)}
        for row in rows if row.get("name")
    ]  # fmt: skip
