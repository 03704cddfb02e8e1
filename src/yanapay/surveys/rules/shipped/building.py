"""From a data file to the sheets of an XLSForm."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from yanapay.surveys.rules.shipped.areas import area_files
from yanapay.surveys.rules.shipped.writing import workbook

FORMS = (
    "ess",
    "linea_base",
    "evaluacion_final",
    "seguimiento_curso",
    "evaluacion_servicio",
    "taller_municipal",
)
LANGUAGES = {"es": "Español (es)", "en": "English (en)"}
_TYPES = {
    "text": "text", "text (personal data)": "text", "long_text": "text", "date": "date", "time": "time",
    "integer": "integer", "yes_no": "select_one yes_no", "yes_no_text": "select_one yes_no",
}  # fmt: skip
_PLAIN = (
    "required", "relevant", "constraint", "calculation", "choice_filter", "appearance", "default",
    "repeat_count", "personal", "origin",
)  # fmt: skip
_SAID = {"label": "label", "hint": "hint", "message": "constraint_message"}
Row = dict[str, str]


@dataclass(frozen=True)
class Shipped:
    """A form of this release, ready to be taken in like any upload."""

    form_id: str
    number: str
    purpose: str
    mapping: Mapping[str, str]
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.form_id}.xlsx"


def shipped() -> list[Shipped]:
    """The forms of this release, as their data files describe them."""
    return [
        Shipped(form["form_id"], form["version"], form["purpose"], form.get("mapping", {}), form)
        for form in map(_data, [f"{name}.json" for name in FORMS])
    ]


def origin(form_id: str, asked: Collection[str]) -> Shipped | None:
    """The form of this release that a form is or was made from: it still asks most of what that one maps."""
    forms = [form for form in shipped() if form.mapping]
    if same := next((form for form in forms if form.form_id == form_id), None):
        return same
    nearest = max(forms, key=lambda form: _still_asked(form, asked))
    return nearest if _still_asked(nearest, asked) > 0.5 else None


def _still_asked(form: Shipped, asked: Collection[str]) -> float:
    return sum(question in asked for question in form.mapping) / len(form.mapping)


def unmapped(
    ours: Mapping[str, str], mapping: Mapping[str, str], asked: Collection[str]
) -> dict[str, str]:
    """Lines of the shipped mapping that an office's has not.

    Only of questions that its form asks and that fill nothing there, for fields that nothing fills there.
    """
    free = {question for question in asked if question not in mapping}
    taken = set(mapping.values())
    return {
        question: field
        for question, field in ours.items()
        if question in free and field not in taken
    }


def build(form: Shipped) -> tuple[bytes, dict[str, bytes]]:
    """The workbook and the files that the form brings; the same bytes every time."""
    sheets = {
        "survey": _survey(form.data),
        "choices": _choices(form.data),
        "settings": [_settings(form.data)],
    }
    files = area_files() if form.data.get("media") else {}
    return workbook(sheets), {name: files[name] for name in form.data.get("media", [])}


def _settings(data: Mapping[str, Any]) -> Row:
    titles = {f"form_title::{LANGUAGES[code]}": title for code, title in data["title"].items()}
    return {
        "form_title": data["title"]["es"], "form_id": data["form_id"], "version": data["version"],
        "default_language": LANGUAGES["es"], "instance_name": data.get("instance_name", ""), **titles,
    }  # fmt: skip


def _survey(data: Mapping[str, Any]) -> list[Row]:
    printed = _printed(data.get("questions_from", ""))
    return [row for section in data["sections"] for row in _section(section, printed)]


def _section(section: Mapping[str, Any], printed: Mapping[str, Any]) -> Iterator[Row]:
    head = {"label": section.get("label") or _labels(printed["sections"][section["source"]])}
    kind = "repeat" if section.get("repeat") else "group"
    yield _row({**section, **head, "type": f"begin {kind}", "name": section["name"]})
    for asked in section["ask"]:
        if "ask" not in asked:
            yield _row(asked)
        elif isinstance(asked["ask"], list):  # a group within the group
            yield from _section(asked, printed)
        else:
            yield _row(_from_print(asked, printed["questions"][asked["ask"]]))
    yield {"type": f"end {kind}", "name": section["name"]}


def _from_print(asked: Mapping[str, Any], question: Mapping[str, Any]) -> dict[str, Any]:
    """A question of the printed form: its label and type, unless the data file says otherwise."""
    answer = question["answer_type"]
    lines = {"appearance": "multiline"} if answer == "long_text" else {}
    return {"name": question["id"], "label": _labels(question), "type": _TYPES.get(answer, "text"),
            "origin": question["id"], **lines, **asked}  # fmt: skip


def _row(asked: Mapping[str, Any]) -> Row:
    row = {"type": asked["type"], "name": asked["name"]}
    for key, column in _SAID.items():
        if key in asked:
            row |= dict(
                zip((f"{column}::{name}" for name in LANGUAGES.values()), asked[key], strict=True)
            )
    row |= {key: _plain(asked[key]) for key in _PLAIN if key in asked}
    return row


def _plain(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _choices(data: Mapping[str, Any]) -> list[Row]:
    return [
        {"list_name": name, "name": code,
         **dict(zip((f"label::{language}" for language in LANGUAGES.values()), labels, strict=True))}
        for name, given in data.get("lists", {}).items()
        for code, labels in (_coded(given)[name] if isinstance(given, str) else given).items()
    ]  # fmt: skip


@cache
def _coded(file: str) -> dict[str, dict[str, list[str]]]:
    """The closed lists of the directory: {list: {code: [Spanish, English]}}."""
    lists = json.loads((resources.files("yanapay.directory") / "data" / file).read_text("utf-8"))[
        "lists"
    ]
    return {name: {row["code"]: _labels(row) for row in rows} for name, rows in lists.items()}


@cache
def _printed(file: str) -> dict[str, Any]:
    """The printed interview form: its sections and its questions by id."""
    if not file:
        return {"sections": {}, "questions": {}}
    sections = _data(file)["sections"]
    return {
        "sections": {section["id"]: section for section in sections},
        "questions": {one["id"]: one for section in sections for one in section["questions"]},
    }


def _labels(row: Mapping[str, str]) -> list[str]:
    return [row["label_es"], row["label_en"]]


def _data(name: str) -> Any:
    return json.loads((resources.files("yanapay.surveys") / "data" / name).read_text("utf-8"))
