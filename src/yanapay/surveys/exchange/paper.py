"""A form on paper, for where there is neither telephone nor light: boxes to tick, lines to write on."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, pgettext

from yanapay.quality.rules.typesetting import Sheet, typeset
from yanapay.surveys.exchange.wording import Form
from yanapay.surveys.models import Version

SILENT = {
    "calculate",
    "hidden",
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "email",
    "phonenumber",
}
MOST_BOXES = 60
COPIES_OF_A_REPEAT = 2
Question = Mapping[str, Any]


def printed(version: Version, *, language: str, institution: str = "", centre: str = "") -> Sheet:
    """The PDF of a version in one language."""
    with translation.override(language):
        return typeset("surveys/form", {"head": _head(version, language, institution, centre),
                                        "content": content(version, language)})  # fmt: skip


def content(version: Version, language: str) -> dict[str, Any]:
    """What the template prints: sections with numbered questions and how each is answered."""
    form = Form(version.schema, version.choices, language)
    asked = [one for one in form.questions.values() if one["type"] not in SILENT]
    numbers = {one["name"]: number for number, one in enumerate(asked, 1)}
    form.called = {name: gettext("question {n}").format(n=n) for name, n in numbers.items()}
    return {
        "how": gettext(
            "Mark ○ for one answer and □ for as many as fit. Leave empty what was not asked or not answered."
        ),
        "fill": [gettext("Date"), gettext("Place"), gettext("Who asks")],
        "again": gettext("Repeat these questions for each; copy the sheet if there is no room."),
        "sections": [
            section for group in _sections(asked) for section in _printed(form, group, numbers)
        ],
    }


def _sections(asked: Sequence[Question]) -> Iterator[list[Question]]:
    """Neighbours in the same group of the form."""
    for _, group in groupby(asked, key=lambda one: (sorted(one["section"].items()), one["repeat"])):
        yield list(group)


def _printed(
    form: Form, group: list[Question], numbers: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    first = group[0]
    questions = [_question(form, one, numbers[one["name"]]) for one in group]
    yield {
        "title": form.text(first["section"]), "when": form.when(first["section_logic"]),
        "questions": questions, "copies": COPIES_OF_A_REPEAT if first["repeat"] else 1,
    }  # fmt: skip


def _question(form: Form, asked: Question, number: int) -> dict[str, Any]:
    return {
        "number": number, "label": form.label(asked["name"]), "hint": form.text(asked["hints"]),
        "notes": [form.text(labels) for labels in asked["notes"]],
        "when": form.when(asked["logic"]), "is_required": asked["required"], **_answer(form, asked),
    }  # fmt: skip


def _answer(form: Form, asked: Question) -> dict[str, Any]:
    """``kind`` tells the template how an answer is given: boxes, lines, date, time, number or point."""
    kind = asked["type"]
    listed = form.choices.get(asked["list"], [])
    if kind in ("select_one", "select_multiple", "rank") and 0 < len(listed) <= MOST_BOXES:
        options = [form.text(one["labels"]) or one["code"] for one in listed]
        return {"kind": "one" if kind == "select_one" else "several", "options": options}
    if kind == "text" and asked["appearance"] == "multiline":
        return {"kind": "lines", "count": 3}
    if kind in ("date", "time", "geopoint"):
        return {"kind": kind, "words": [gettext("Latitude"), gettext("Longitude")]}
    if kind in ("image", "audio", "video", "file"):
        return {"kind": "note", "words": [gettext("Taken? Number or name of the file:")]}
    return {"kind": "number" if kind in ("integer", "decimal", "range") else "line"}


def _head(version: Version, language: str, institution: str, centre: str) -> dict[str, Any]:
    """As on every document of the house; a form has no number of the archive."""
    title = version.instrument.title.get(language) or str(version.instrument)
    facts = [(gettext("Form"), version.instrument.form_id), (gettext("Version"), version.number)]
    return {
        "title": title, "institution": institution or "Yanapay", "centre": centre, "format_title": title,
        "facts": facts, "language": language, "page": gettext("Page"), "note": "", "mark": title,
        "of": pgettext("page n of m", "of"), "watermark": "",
    }  # fmt: skip
