"""Answers in the words of the form: questions and choices by their labels, for who reads and does not compute.

An answer is told in the words of the version that it was given to, a column is headed by those of the newest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _, override

from yanapay.surveys.models import Instrument, Submission
from yanapay.surveys.queries.answers import spoken
from yanapay.tabular.writing import write_table

ABOUT = (
    _("Answer"),
    _("Form"),
    _("Version"),
    _("Received"),
    _("Device"),
    _("Sent by"),
    _("Review"),
)
Labels = Mapping[str, str]
"""Code → label."""


def write_labelled(
    stream: BinaryIO, instrument: Instrument, answers: Iterable[Submission], language: str
) -> int:
    """Write a CSV in that language; how many answers there were. Turns of repeats are left out."""
    labels, choices = _questions(instrument, language), _choices(instrument, language)
    with override(language):
        headers = [*map(str, ABOUT), *_told_apart(labels)]
        return write_table("csv", stream, headers, _rows(answers, list(labels), choices, language))


def _questions(instrument: Instrument, language: str) -> dict[str, str]:
    """Label of every question that any version asked outside repeats, the newest wording, by name."""
    found: dict[str, str] = {}
    for schema in instrument.versions.order_by("-pk").values_list("schema", flat=True):
        for asked in schema:
            if not asked.get("repeat"):
                found.setdefault(asked["name"], spoken(asked["labels"], language, asked["name"]))
    return found


def _told_apart(labels: Labels) -> list[str]:
    """The labels; with its name behind where several questions are worded alike."""
    often = Counter(labels.values())
    return [f"{label} ({name})" if often[label] > 1 else label for name, label in labels.items()]


def _choices(instrument: Instrument, language: str) -> dict[int, dict[str, Labels]]:
    """Version → question → the labels of its codes."""
    found: dict[int, dict[str, Labels]] = {}
    for pk, schema, lists in instrument.versions.values_list("pk", "schema", "choices"):
        labels = {
            name: {str(one["code"]): spoken(one.get("labels", {}), language, one["code"]) for one in listed}
            for name, listed in lists.items()
        }  # fmt: skip
        found[pk] = {asked["name"]: labels.get(asked.get("list") or "", {}) for asked in schema}
    return found


def _rows(
    answers: Iterable[Submission], names: list[str], choices: Mapping[int, Mapping[str, Labels]], language: str
) -> Iterator[list[str]]:  # fmt: skip
    for answer in answers:
        main: dict[str, Any] = next(
            (one.values for one in answer.records.all() if not one.repeat), {}
        )
        known = choices[answer.version_id]
        told = (_in_words(main.get(name), known.get(name, {})) for name in names)
        yield [*_about(answer, language), *told]


def _about(answer: Submission, language: str) -> list[str]:
    device, user = answer.device, answer.user
    title = spoken(answer.instrument.title, language, answer.instrument.form_id)
    return [
        answer.instance_id, title, answer.version.number,
        date_format(localtime(answer.received_at), "SHORT_DATETIME_FORMAT"), device.label if device else "",
        user.get_full_name() if user else answer.user_name, answer.get_review_display(),
    ]  # fmt: skip


def _in_words(value: Any, labels: Labels) -> str:
    """Several codes with semicolons between them: labels have commas of their own."""
    codes = value if isinstance(value, list) else [value] if value not in (None, "") else []
    return "; ".join(labels.get(str(code), str(code)) for code in codes)
