"""What answers of mapping forms say, and of which interview each is; read for many answers at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yanapay.directory.models import Identifier, Organisation
from yanapay.kernel.keys import read_key
from yanapay.kernel.text import fold
from yanapay.mapping.choices import InterviewState
from yanapay.mapping.models import Interview, Proposal
from yanapay.mapping.rules.interviews import OPEN
from yanapay.mapping.rules.proposing import said
from yanapay.mapping.rules.regions import macro_region_of
from yanapay.surveys.models import Submission
from yanapay.surveys.queries.days import days_of, main_rows

INTERVIEW = "interview"
"""The question of a form that holds the number of the planned interview."""


@dataclass(frozen=True)
class Told:
    """One answer: every value by question, what of it may go into the directory by field, its day."""

    submission: Submission
    values: Mapping[str, Any]
    proposed: Mapping[str, Any]
    on: date

    @property
    def name(self) -> str:
        return str(self.proposed.get("name", "")).strip()

    @property
    def tax_id(self) -> str:
        return "".join(str(self.proposed.get("tax_id", "")).split())

    @property
    def interview(self) -> int | None:
        """The number of the interview that the form names."""
        return read_key(str(self.values.get(INTERVIEW) or "").strip())

    def traits(self) -> set[tuple[object, ...]]:
        """By what it may meet another answer: two that share one may be of the same interview."""
        one = self.submission
        named = {
            ("interview", self.interview),
            ("number", self.tax_id),
            ("name", fold(self.name), one.user_id),
        }
        return {("root", one.instrument_id, one.root_id), *(trait for trait in named if trait[1])}


def read_answers(submissions: Sequence[Submission]) -> list[Told]:
    """What each of them says; of a place follows the macro-region, for the reviewer to accept or not."""
    rows = main_rows(submissions)
    days = days_of(submissions, rows)
    found = []
    for one in submissions:
        values = rows.get(one.pk, {})
        proposed = _with_region(said(values, one.instrument.mapping))
        found.append(Told(one, values, proposed, days[one.pk].on))
    return found


def _with_region(proposed: dict[str, Any]) -> dict[str, Any]:
    found = macro_region_of(str(proposed.get("area", "")))
    return {"macro_region": found, **proposed} if found else proposed


def interviews_of(told: Collection[Told]) -> dict[int, int]:
    """Answer → interview: the one it has already, the one that it is an edit of, the one that it names, the one
    that its sender has of that name. Answers that nobody planned are left out.
    """
    return {**_called(told), **_named(told), **_edited(told), **_held(told)}


def _held(told: Collection[Told]) -> dict[int, int]:
    made = Proposal.objects.filter(submission__in=[one.submission.pk for one in told])
    return dict(made.exclude(interview=None).values_list("submission", "interview"))


def _edited(told: Collection[Told]) -> dict[int, int]:
    same = Interview.objects.filter(
        submission__root_id__in={one.submission.root_id for one in told}
    )
    keys = same.order_by("-pk").values_list("instrument", "submission__root_id", "pk")
    held = {(form, root): pk for form, root, pk in keys}
    wanted = ((one, (one.submission.instrument_id, one.submission.root_id)) for one in told)
    return {one.submission.pk: held[key] for one, key in wanted if key in held}


def _named(told: Collection[Told]) -> dict[int, int]:
    asked = {one.interview for one in told if one.interview}
    found = Interview.objects.filter(pk__in=asked, state__in=OPEN) if asked else ()
    places = {(one.pk, one.centre_id, one.instrument_id) for one in found}
    return {
        one.submission.pk: one.interview
        for one in told
        if one.interview
        and (one.interview, one.submission.centre_id, one.submission.instrument_id) in places
    }


def _called(told: Collection[Told]) -> dict[int, int]:
    """Assigned to whoever sent the answer and not answered yet."""
    users = {one.submission.user_id for one in told if one.name} - {None}
    waiting = Interview.objects.filter(interviewer__in=users, state=InterviewState.ASSIGNED)
    held = {
        (one.centre_id, one.instrument_id, one.interviewer_id, fold(one.name)): one.pk
        for one in (waiting.order_by("-pk") if users else ())
    }
    wanted = {one.submission.pk: _call(one) for one in told if one.name}
    return {answer: held[call] for answer, call in wanted.items() if call in held}


def _call(told: Told) -> tuple[int, int, int | None, str]:
    answer = told.submission
    return answer.centre_id, answer.instrument_id, answer.user_id, fold(told.name)


def numbered(told: Collection[Told]) -> dict[tuple[int, str], Organisation]:
    """Centre and official number → the organisation of that centre; a number tells for certain who it is."""
    numbers = {one.tax_id for one in told} - {""}
    centres = {one.submission.centre_id for one in told}
    held = Identifier.objects.filter(number__in=numbers, organisation__centre__in=centres)
    rows = held.select_related("organisation").order_by("-pk") if numbers else ()
    return {(one.organisation.centre_id, one.number): one.organisation for one in rows}
