"""The questions of an instrument as tables need them, from all its published versions."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from yanapay.analytics.rules.crosstab import Label
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.surveys.choices import Purpose
from yanapay.surveys.models import Coding, Instrument


class Kind(Enum):
    """How the answers to a question can be counted."""

    ONE, SEVERAL, NUMBER, DAY, HOUR, POINT, CALCULATED, WORDS = range(8)


KINDS = {
    "select_one": Kind.ONE, "select_one_from_file": Kind.ONE, "acknowledge": Kind.ONE, "trigger": Kind.ONE,
    "select_multiple": Kind.SEVERAL, "rank": Kind.SEVERAL, "odk:rank": Kind.SEVERAL,
    "integer": Kind.NUMBER, "decimal": Kind.NUMBER, "range": Kind.NUMBER,
    "date": Kind.DAY, "datetime": Kind.DAY, "today": Kind.DAY, "start": Kind.DAY, "end": Kind.DAY,
    "time": Kind.HOUR, "geopoint": Kind.POINT, "start-geopoint": Kind.POINT, "calculate": Kind.CALCULATED,
}  # fmt: skip
"""Whatever else is asked (words, photographs, codes that are scanned) was answered or not."""


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
    def kind(self) -> Kind:
        return KINDS.get(self.type.lower(), Kind.WORDS)

    @property
    def is_multiple(self) -> bool:
        return self.kind == Kind.SEVERAL

    @property
    def is_open(self) -> bool:
        """Answered in own words: codes tell more of it than that it was answered."""
        return self.type in {"text", "string"}

    @property
    def is_closed(self) -> bool:
        """Answered from a list, so that its codes mean the same in every table."""
        return self.kind in {Kind.ONE, Kind.SEVERAL}


def questions(instrument: Instrument) -> dict[str, Question]:
    """All questions that were ever published, by name, in the order of the current version first."""
    found: dict[str, Question] = {}
    for version in instrument.versions.exclude(published_at=None).order_by("pk"):
        latest = {q.name: q for q in map(_question(version.choices), version.schema)}
        found = {**latest, **{name: old for name, old in found.items() if name not in latest},
                 **{name: _widened(q, found[name]) for name, q in latest.items() if name in found}}  # fmt: skip
    return found


def personal(instrument: Instrument) -> list[Question]:
    """The questions that ask for personal data: of them there is no table."""
    return [one for one in questions(instrument).values() if one.is_personal]


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


@dataclass(frozen=True)
class Named:
    """What the name of a table says: a question of a form and, of an open one, the list of its codes."""

    name: str
    instrument: Instrument
    about: Question
    vocabulary: str


def named(name: str, scope: Scope | None) -> Named:
    """Form, question and vocabulary of a name; the form's id may have points of its own."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        found = instruments(scope).filter(form_id=".".join(parts[:cut])).first()
        if found and len(rest := parts[cut:]) <= 2:
            about = question(found, rest[0])
            return Named(name, found, about, "".join(rest[1:]) or _vocabulary(found, about))
    raise NotFound("There is no table «{name}».", name=name)


def _vocabulary(instrument: Instrument, about: Question) -> str:
    """The only vocabulary with which an open question was coded; "" when nobody coded it."""
    if not about.is_open:
        return ""
    codings = Coding.objects.filter(submission__instrument=instrument, question=about.name)
    found = sorted(set(codings.values_list("vocabulary", flat=True)))
    if len(found) > 1:
        raise RuleBroken("«{label}» was coded with several lists: {names}. Add one after a point.",
                         label=about.label, names=", ".join(found))  # fmt: skip
    return "".join(found)


def asked_of(instrument: Instrument, what: str) -> Question | None:
    """The question whose answer fills a field of the directory, if the form has one."""
    name = next((asked for asked, field in instrument.mapping.items() if field == what), "")
    return questions(instrument).get(name)


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
