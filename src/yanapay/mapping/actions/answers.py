"""An answer from the field has its rows: it finds its interview and becomes a proposal."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Identifier, Organisation
from yanapay.kernel.keys import read_key
from yanapay.kernel.text import fold
from yanapay.mapping.actions.interviews import propose_interview, take_answer
from yanapay.mapping.actions.proposals import propose
from yanapay.mapping.choices import InterviewState, Source
from yanapay.mapping.models import Interview, Proposal
from yanapay.mapping.rules.interviews import OPEN
from yanapay.mapping.rules.proposing import agreed, said
from yanapay.mapping.rules.regions import macro_region_of
from yanapay.surveys.choices import Purpose
from yanapay.surveys.models import Submission
from yanapay.surveys.queries.days import answered_on

INTERVIEW = "interview"
"""The question of a form that holds the number of the planned interview."""

UNNAMED = "—"


@transaction.atomic
def take_derived(*, by: Actor, submission: Submission) -> Proposal | None:
    """Follow a derived answer of a mapping form; None for other forms. Doing it again changes nothing more."""
    instrument = submission.instrument
    if instrument.purpose != Purpose.MAPPING or not instrument.mapping:
        return None
    values = _answers(submission)
    proposed = _with_region(said(values, instrument.mapping))
    held = Proposal.objects.filter(submission=submission).first()
    interview = (held and held.interview) or _interview_of(by, submission, values, proposed)
    day = answered_on(submission).on
    if interview.submission_id != submission.pk and interview.state in OPEN:
        interview = take_answer(by=by, interview=interview, submission=submission, on=day)
    return propose(
        by=by, centre=submission.centre, organisation=interview.organisation, source=Source.INTERVIEW,
        proposed=proposed, submission=submission, interview=interview, on=day,
        consents=agreed(values, ConsentPurpose.values), is_fictitious=interview.is_fictitious,
    )  # fmt: skip


def _with_region(proposed: dict[str, Any]) -> dict[str, Any]:
    """The macro-region follows from the place, for the reviewer to accept or not."""
    found = macro_region_of(str(proposed.get("area", "")))
    return {"macro_region": found, **proposed} if found else proposed


def _answers(submission: Submission) -> Mapping[str, Any]:
    record = submission.records.filter(repeat="").first()
    return record.values if record else {}


def _interview_of(
    by: Actor, submission: Submission, values: Mapping[str, Any], proposed: Mapping[str, Any]
) -> Interview:
    """The interview that an edit belongs to, the one that the form names, the one that the interviewer has
    of that name; else one that nobody had planned.
    """
    name = str(proposed.get("name", "")).strip()
    found = _edited(submission) or _named(submission, values) or _called(submission, name)
    return found or propose_interview(
        by=by, centre=submission.centre, instrument=submission.instrument, name=name or UNNAMED,
        organisation=_by_number(submission.centre, str(proposed.get("tax_id", ""))),
        is_fictitious=submission.centre.is_fictitious,
    )  # fmt: skip


def _open(submission: Submission) -> "Any":
    return Interview.objects.filter(
        centre=submission.centre, instrument=submission.instrument, state__in=OPEN
    )


def _edited(submission: Submission) -> Interview | None:
    same = Q(submission__root_id=submission.root_id, instrument=submission.instrument)
    return Interview.objects.filter(same).first()


def _named(submission: Submission, values: Mapping[str, Any]) -> Interview | None:
    key = read_key(str(values.get(INTERVIEW) or "").strip())
    return _open(submission).filter(pk=key).first() if key else None


def _called(submission: Submission, name: str) -> Interview | None:
    """Assigned to whoever sent the answer and not answered yet."""
    if submission.user_id is None or not name:
        return None
    mine = _open(submission).filter(interviewer=submission.user_id, state=InterviewState.ASSIGNED)
    return next((one for one in mine if fold(one.name) == fold(name)), None)


def _by_number(centre: Centre, number: str) -> Organisation | None:
    """An official number tells for certain who it is."""
    held = Identifier.objects.filter(number="".join(number.split()), organisation__centre=centre)
    found = held.select_related("organisation").first() if number else None
    return found.organisation if found else None
