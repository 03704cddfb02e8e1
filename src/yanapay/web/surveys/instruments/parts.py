"""What the pages of a form show: its questions in words, what the checks said, what may happen next."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from yanapay.surveys.choices import FormState
from yanapay.surveys.exchange.wording import Form, type_words
from yanapay.surveys.models import Instrument, Version
from yanapay.surveys.rules.states import MOVES
from yanapay.surveys.rules.xlsform import Finding, finding
from yanapay.web.acting import say

TONES = {"error": "bad", "warning": "wait", "note": "info"}
STATE_TONES = {"draft": "neutral", "open": "good", "closing": "wait", "closed": "neutral"}
VERBS = {"open": _("Open"), "closing": _("Let it run out"), "closed": _("Close")}
SAID = {
    "draft": _("Not offered to anybody yet."),
    "open": _("Offered to telephones and in the browser; answers are taken."),
    "closing": _("No longer offered; telephones that have it may still send."),
    "closed": _("Answers are no longer taken."),
}
CHOICES_SHOWN = 12


def remarks(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as rows of the table."""
    labels = {"error": _("Error"), "warning": _("Warning"), "note": _("Note")}
    return [
        {"tone": TONES[one.severity], "severity": labels[one.severity], "sheet": one.sheet,
         "row": one.row or "", "column": one.column, "text": say(one.message)}
        for one in found
    ]  # fmt: skip


def remarks_of(version: Version) -> list[dict[str, Any]]:
    return remarks(map(finding, version.findings))


def preview(version: Version) -> list[dict[str, Any]]:
    """The questions by section, as a person will meet them."""
    form = Form(version.schema, version.choices)
    asked = list(form.questions.values())
    return [
        {"title": form.text(group[0]["section"]), "when": form.when(group[0]["section_logic"]),
         "repeats": bool(group[0]["repeat"]), "questions": [_question(form, one) for one in group]}
        for group in (list(rows) for _, rows in groupby(asked, key=_section))
    ]  # fmt: skip


def _section(asked: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(sorted(asked["section"].items())), asked["repeat"]


def _question(form: Form, asked: dict[str, Any]) -> dict[str, Any]:
    listed = form.choices.get(asked["list"], [])
    return {
        "name": asked["name"], "label": form.text(asked["labels"]), "hint": form.text(asked["hints"]),
        "type": type_words(asked["type"]), "when": form.when(asked["logic"]), "required": asked["required"],
        "personal": asked["personal"], "row": asked["row"],
        "choices": [form.text(one["labels"]) or one["code"] for one in listed[:CHOICES_SHOWN]],
        "more": max(0, len(listed) - CHOICES_SHOWN),
    }  # fmt: skip


def state_of(instrument: Instrument) -> dict[str, Any]:
    """The state, what it means, and the buttons for what may follow."""
    moves = MOVES[instrument.state] if instrument.current_id else ()
    return {
        "label": FormState(instrument.state).label, "tone": STATE_TONES[instrument.state],
        "text": SAID[instrument.state], "moves": [(state, VERBS[state]) for state in moves],
    }  # fmt: skip
