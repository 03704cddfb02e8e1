"""Answers to look at: filtered lists, and one answer with the words of its form."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yanapay.audit.models import Event
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.surveys.choices import Derivation, Review
from yanapay.surveys.models import Record, Submission, Version
from yanapay.surveys.queries.seals import SEALED
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
    return ready.prefetch_related("records").order_by("-pk")


def arrived_since(moment: datetime) -> bool:
    """Whether telephones have sent something since."""
    newest = Submission.objects.order_by("-pk").values_list("received_at", flat=True).first()
    return newest is not None and newest > moment


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


def with_all_edits(submission_ids: Collection[int]) -> "QuerySet[Submission]":
    """The answers with every edit of each, without the XML."""
    named = Submission.objects.filter(pk__in=submission_ids)
    same = Exists(named.filter(instrument=OuterRef("instrument"), root_id=OuterRef("root_id")))
    return Submission.objects.filter(same).defer("xml")


def story(answer: Submission) -> list[Event]:
    """What people did with an answer and its edits, newest first."""
    keys = [str(one.pk) for one in edits(answer)]
    found = Event.objects.filter(object_type="submission", object_id__in=keys)
    return list(found.exclude(action=SEALED).order_by("-pk").prefetch_related("personal_values"))


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


def sections(
    rows: Iterable[Labelled], form: Form, language: str
) -> list[tuple[str, list[Labelled]]]:
    """The same under the headings of the form, in its order."""
    under = {one["name"]: spoken(one.get("section") or {}, language, "") for one in form.schema}
    return [
        (title, list(group))
        for title, group in groupby(rows, lambda row: under.get(row.question, ""))
    ]


def turns(
    submission: Submission, form: Form, language: str
) -> list[tuple[str, int, list[Labelled]]]:
    """The turns of repeats: name, number and answers of each, in order."""
    found = submission.records.exclude(repeat="").order_by("repeat", "position")
    return [(r.repeat, r.position, words(r.values, form, language, r.repeat)) for r in found]


def title_of(answer: Submission) -> str:
    """The name of whom the answer is about, if the form tells which question asks it."""
    main: dict[str, Any] = next((row.values for row in answer.records.all() if not row.repeat), {})
    mapped = [name for name, field in answer.instrument.mapping.items() if field == "name"]
    return next((str(main[name])[:120] for name in [*mapped, "name"] if main.get(name)), "")


class Difference(NamedTuple):
    """What a question was answered in two edits."""

    label: str
    before: str
    after: str


def differences(before: Submission, after: Submission, language: str) -> list[Difference]:
    """The questions that two edits of an answer answer differently, in the order of the form."""
    old, new = (_everything(one, language) for one in (before, after))
    labels = {key: label for key, (label, _) in (old | new).items()}
    shown = ((key, old.get(key, ("", ""))[1], new.get(key, ("", ""))[1]) for key in labels)
    return [Difference(labels[key], was, now) for key, was, now in shown if was != now]


def _everything(answer: Submission, language: str) -> dict[tuple[str, int, str], tuple[str, str]]:
    """Label and words by repeat, turn and question."""
    form = form_of(answer)
    rows = answer.records.order_by("repeat", "position")
    return {
        (row.repeat, row.position, one.question): (_numbered(one.label, row), one.shown)
        for row in rows
        for one in words(row.values, form, language, row.repeat)
    }


def _numbered(label: str, row: Record) -> str:
    return f"{label} ({row.repeat} {row.position})" if row.repeat else label


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
