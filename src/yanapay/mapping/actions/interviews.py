"""The moves of an interview. The names of interviewer and reviewer stay with it, and every move is a step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.audit.actions import record, record_each
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.models import Organisation
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.choices import InterviewState
from yanapay.mapping.models import Interview, InterviewStep
from yanapay.mapping.rules.interviews import OPEN, check_move
from yanapay.places.models import Area
from yanapay.surveys.models import Instrument, Submission

Move = tuple[Interview, str, str, str]
"""An interview, from which state to which, why."""


@dataclass(frozen=True)
class Answered:
    """An answer, the interview that it is of (not stored yet where nobody planned it), and its day."""

    interview: Interview
    submission: Submission
    on: date


@transaction.atomic
def propose_interview(
    *, by: Actor, centre: Centre, instrument: Instrument, organisation: Organisation | None = None,
    name: str = "", area: Area | None = None, contact: str = "", is_fictitious: bool = False,
) -> Interview:  # fmt: skip
    """Plan a visit to a known organisation, or to one of which only the name is known.

    The caller has looked for duplicates of a new name. An organisation is planned once at a time.
    """
    name = name.strip() or (organisation.name if organisation else "")
    if not name:
        raise RuleBroken("Write whom to interview.", field="name")
    interview = Interview(
        centre=centre, instrument=instrument, organisation=organisation, name=name[:300],
        area=area or (organisation.area if organisation else None), contact=contact[:300],
        is_fictitious=is_fictitious or bool(organisation and organisation.is_fictitious),
    )  # fmt: skip
    _refuse_planned([interview])
    interview.save()
    _step(by, interview, "", InterviewState.PROPOSED)
    return interview


@transaction.atomic
def plan_list(
    *, by: Actor, centre: Centre, instrument: Instrument, organisations: Iterable[Organisation]
) -> list[Interview]:
    """Plan a visit to each of these; those that are planned already are passed over."""
    planned = Interview.objects.filter(centre=centre, instrument=instrument, state__in=OPEN)
    known = set(planned.exclude(organisation=None).values_list("organisation_id", flat=True))
    return [
        propose_interview(by=by, centre=centre, instrument=instrument, organisation=organisation)
        for organisation in organisations
        if organisation.pk not in known
    ]


@transaction.atomic
def assign(
    *, by: Actor, interview: Interview, interviewer: User, due_on: date | None = None
) -> Interview:
    """Say who goes and until when; an assigned interview may pass to somebody else."""
    interview = _locked(interview)
    if interview.state != InterviewState.ASSIGNED:
        check_move(interview.state, InterviewState.ASSIGNED)
    interview.interviewer, interview.due_on = interviewer, due_on
    return _moved(by, interview, InterviewState.ASSIGNED, interviewer.signature)


@transaction.atomic
def send_back(*, by: Actor, interview: Interview, reason: str) -> Interview:
    """Ask the interviewer to complete or correct the answer, with a note of what is missing."""
    interview = _locked(interview)
    check_move(interview.state, InterviewState.ASSIGNED, reason)
    if interview.interviewer_id is None:
        raise RuleBroken("Nobody is assigned to this interview. Say who goes first.")
    interview.reason = reason[:300]
    return _moved(by, interview, InterviewState.ASSIGNED, reason)


@transaction.atomic
def move_interview(
    *, by: Actor, interview: Interview, state: str, on: date, reason: str = ""
) -> Interview:
    """Any other move of the table; a review notes who reviewed and when."""
    interview = _locked(interview)
    check_move(interview.state, state, reason)
    if state in (InterviewState.IN_REVIEW, InterviewState.PUBLISHED):
        interview.reviewer_name, interview.reviewed_on = by.user_name, on
    if state == InterviewState.PROPOSED:
        interview.interviewer = interview.due_on = None
    interview.reason = reason[:300]
    return _moved(by, interview, state, reason)


@transaction.atomic
def take_answers(*, by: Actor, answers: Sequence[Answered]) -> None:
    """Answers have arrived, or edits of them, one for each interview, which then waits for a reviewer.

    The caller has locked those that exist. One that nobody planned is written down with both its moves.
    """
    planned = [one.interview for one in answers if one.interview.pk]
    unplanned = [one.interview for one in answers if not one.interview.pk]
    moves: list[Move] = [(one, "", InterviewState.PROPOSED, "") for one in unplanned]
    for one in answers:
        before = one.interview.state
        if before != InterviewState.INTERVIEWED:
            check_move(before, InterviewState.INTERVIEWED)
            moves.append((one.interview, before, InterviewState.INTERVIEWED, ""))
            one.interview.state = InterviewState.INTERVIEWED
            one.interview.version += 1
        _take(one)
    _refuse_planned(unplanned)
    Interview.objects.bulk_create(unplanned)
    for interview in planned:
        interview.save()
    _steps(by, moves)


def _take(answer: Answered) -> None:
    interview = answer.interview
    interview.submission, interview.interviewed_on = answer.submission, answer.on
    interview.interviewer = interview.interviewer or answer.submission.user


def _refuse_planned(interviews: Sequence[Interview]) -> None:
    """A known organisation has one open interview of a form at a time."""
    asked = {(one.organisation_id, one.instrument_id, one.centre_id): one for one in interviews}
    known = {key[0] for key in asked} - {None}
    planned = Interview.objects.filter(organisation__in=known, state__in=OPEN) if known else ()
    for one in planned:
        if found := asked.get((one.organisation_id, one.instrument_id, one.centre_id)):
            raise RuleBroken(
                "An interview of «{name}» is already planned.", field="name", name=found.name
            )


@transaction.atomic
def hand_over_interviews(*, by: Actor, from_user_id: int, to_user_id: int) -> int:
    """The interviews that somebody has still to make pass to another; how many. One event for all."""
    found = Interview.objects.filter(
        interviewer_id=from_user_id, state=InterviewState.ASSIGNED
    )  # fmt: skip
    count = found.update(interviewer_id=to_user_id)
    if count:
        record(by=by, action="mapping.interviews_handed_over", object_type="user", object_id=from_user_id,
               changes={"interviewer": [from_user_id, to_user_id], "interviews": count})  # fmt: skip
    return count


def _locked(interview: Interview) -> Interview:
    return Interview.objects.select_for_update().get(pk=interview.pk)


def _moved(by: Actor, interview: Interview, state: str, reason: str = "") -> Interview:
    before, interview.state = interview.state, state
    interview.version += 1
    interview.save()
    _step(by, interview, before, state, reason)
    return interview


def _step(by: Actor, interview: Interview, before: str, after: str, reason: str = "") -> None:
    _steps(by, [(interview, before, after, reason)])


def _steps(by: Actor, moves: Sequence[Move]) -> None:
    InterviewStep.objects.bulk_create(
        InterviewStep(
            interview=interview,
            before=before,
            after=after,
            by_name=by.user_name,
            reason=reason[:300],
        )
        for interview, before, after, reason in moves
    )
    record_each(
        by=by, action="mapping.interview_moved",
        objects=(("interview", one.pk, {"state": [before, after]}) for one, before, after, _ in moves),
    )  # fmt: skip
