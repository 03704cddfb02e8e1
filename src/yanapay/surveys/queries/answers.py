"""Answers to look at: filtered lists, and one answer with the words of its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.surveys.choices import Derivation, Review
from yanapay.surveys.models import Submission, Version
from yanapay.surveys.rules.rows import Plan, Row, nested, plan


@dataclass(frozen=True)
class Filters:
    """What cuts the list of answers; empty fields cut nothing."""

    form: str = ""
    version: str = ""
    review: str = ""
    user: str = ""
    since: date | None = None
    until: date | None = None
    problem: bool = False


def listed(scope: Scope, filters: Filters) -> "QuerySet[Submission]":
    """The last edit of each answer that the scope may see, newest first; without the XML."""
    found = Submission.objects.visible_to(scope).current().filter(_asked(filters))
    ready = found.select_related("instrument", "centre", "device").defer("xml", "expected")
    return ready.order_by("-pk")


def _asked(filters: Filters) -> Q:
    exact = {
        "instrument__form_id": filters.form, "version__number": filters.version,
        "review": filters.review, "user_name": filters.user,
        "received_at__gte": _midnight(filters.since),
        "received_at__lt": _midnight(filters.until and filters.until + timedelta(days=1)),
        "derivation": Derivation.FAILED if filters.problem else "",
    }  # fmt: skip
    return Q(**{field: value for field, value in exact.items() if value})


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None


def senders(scope: Scope) -> list[str]:
    """Names of those who sent the answers that the scope may see."""
    found = Submission.objects.visible_to(scope).exclude(user_name="")
    return list(found.order_by("user_name").values_list("user_name", flat=True).distinct())


def counts(answers: "QuerySet[Submission]") -> dict[str, int]:
    """How many answers stand in each state of review."""
    found = dict(answers.order_by().values_list("review").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in Review.values}


def open_answer(scope: Scope, pk: int) -> Submission:
    """One answer that the scope may see; NotFound otherwise."""
    found = Submission.objects.visible_to(scope).filter(pk=pk)
    if answer := found.select_related("instrument", "centre", "device", "user").first():
        return answer
    raise NotFound("There is no such answer.")


def edits(answer: Submission) -> "QuerySet[Submission]":
    """All edits of an answer, the first one first."""
    same = Submission.objects.filter(instrument=answer.instrument_id, root_id=answer.root_id)
    return same.defer("xml").order_by("pk")


class Labelled(NamedTuple):
    """A question by name, as it was asked, and what was answered in words."""

    question: str
    label: str
    shown: str


def labelled(submission: Submission, language: str) -> list[Labelled]:
    """The answered questions of the answer itself, in the order of the form; turns of repeats left out."""
    main = submission.records.filter(repeat="").first()
    return words(main.values, form_of(submission), language) if main else []


@dataclass(frozen=True)
class Form:
    """The questions and lists of one version."""

    schema: list[dict[str, Any]]
    choices: Mapping[str, Any]

    @property
    def plan(self) -> Plan:
        return plan(self.schema)


def form_of(submission: Submission) -> Form:
    """The form that an answer was given to."""
    return Form(*Version.objects.values_list("schema", "choices").get(pk=submission.version_id))


def words(values: Mapping[str, Any], form: Form, language: str, repeat: str = "") -> list[Labelled]:
    """The values of one row in the words of the form, in its order."""
    asked = (
        one for one in form.schema if one.get("repeat", "") == repeat and one["name"] in values
    )
    return [
        Labelled(one["name"], spoken(one["labels"], language, one["name"]),
                 _shown(values[one["name"]], form.choices.get(one.get("list") or "", ()), language))
        for one in asked
    ]  # fmt: skip


def turns(
    submission: Submission, form: Form, language: str
) -> list[tuple[str, int, list[Labelled]]]:
    """The turns of repeats: name, number and answers of each, in order."""
    found = submission.records.exclude(repeat="").order_by("repeat", "position")
    return [(r.repeat, r.position, words(r.values, form, language, r.repeat)) for r in found]


def answers_of(submission: Submission, form: Plan) -> dict[str, Any]:
    """All that was answered, as codes: values by question, repeats as lists."""
    return nested(
        [Row(r.repeat, r.position, r.parent_position, r.values) for r in submission.records.all()],
        form,
    )


def spoken(labels: Mapping[str, Any], language: str, fallback: str) -> str:
    """The label in a language, else in any, else the code."""
    return str(labels.get(language[:2]) or next(iter(labels.values()), "") or fallback)


def _shown(value: Any, choices: Iterable[Mapping[str, Any]], language: str) -> str:
    known = {
        str(one["code"]): spoken(one.get("labels", {}), language, one["code"]) for one in choices
    }
    codes = value if isinstance(value, list) else [value]
    return ", ".join(known.get(str(code), str(code)) for code in codes)
