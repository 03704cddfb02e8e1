"""The questions of an instrument as tables need them, from all its published versions."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from yanapay.analytics.rules.crosstab import Label
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.surveys.choices import Purpose
from yanapay.surveys.models import Instrument

MULTIPLE = {"select_multiple", "rank", "odk:rank"}
SINGLE = {"select_one", "select_one_from_file", "integer", "range", "date"}


@dataclass(frozen=True)
class Question:
    """A question with what it may be answered; ``choices`` of all versions, the latest wording."""

    name: str
    label: str
    type: str
    repeat: str = ""
    is_personal: bool = False
    choices: tuple[Label, ...] = ()

    @property
    def is_multiple(self) -> bool:
        return self.type in MULTIPLE

    @property
    def is_open(self) -> bool:
        """Answered in own words: a table needs codes."""
        return self.type in {"text", "string"}

    @property
    def is_countable(self) -> bool:
        return self.is_multiple or self.type in SINGLE


def questions(instrument: Instrument) -> dict[str, Question]:
    """All questions that were ever published, by name, in the order of the current version first."""
    found: dict[str, Question] = {}
    for version in instrument.versions.exclude(published_at=None).order_by("pk"):
        latest = {q.name: q for q in map(_question(version.choices), version.schema)}
        found = {**latest, **{name: old for name, old in found.items() if name not in latest},
                 **{name: _widened(q, found[name]) for name, q in latest.items() if name in found}}  # fmt: skip
    return found


def question(instrument: Instrument, name: str) -> Question:
    """The question of that name, if it may be shown in a table."""
    found = questions(instrument).get(name)
    if not found:
        raise NotFound(
            "The form {form} has no question «{name}».", form=instrument.form_id, name=name
        )
    if found.is_personal:
        raise RuleBroken(
            "«{label}» asks for personal data: there is no table of it.", label=found.label
        )
    return found


def instruments(scope: Scope | None) -> "QuerySet[Instrument]":
    """The instruments whose answers may be counted: of a mapping, for the public."""
    if scope is None:
        return Instrument.objects.filter(purpose=Purpose.MAPPING)
    return Instrument.objects.visible_to(scope)


def spoken(labels: dict[str, Any] | None, code: str) -> str:
    """The label in the reader's language, else in any, else the code."""
    told = labels or {}
    return str(told.get((get_language() or "es")[:2]) or next(iter(told.values()), "") or code)


def _question(choices: dict[str, Any]) -> Any:
    def read(entry: dict[str, Any]) -> Question:
        listed = choices.get(entry.get("list") or "", [])
        return Question(
            entry["name"], spoken(entry.get("labels"), entry["name"]), str(entry["type"]).split()[0],
            entry.get("repeat") or "", bool(entry.get("personal")),
            tuple((str(one["code"]), spoken(one.get("labels"), one["code"])) for one in listed),
        )  # fmt: skip

    return read


def _widened(latest: Question, before: Question) -> Question:
    """With the choices that only an older version offered."""
    known = {code for code, _ in latest.choices}
    return replace(
        latest, choices=(*latest.choices, *(one for one in before.choices if one[0] not in known))
    )
