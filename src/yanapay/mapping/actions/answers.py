"""Answers from the field have their rows: each finds its interview and becomes a proposal."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Organisation
from yanapay.mapping.actions.interviews import Answered, take_answers
from yanapay.mapping.actions.proposals import Saying, propose_each
from yanapay.mapping.choices import Source
from yanapay.mapping.models import Interview, Proposal
from yanapay.mapping.queries.answers import Told, interviews_of, numbered, read_answers
from yanapay.mapping.rules.interviews import OPEN
from yanapay.mapping.rules.proposing import agreed
from yanapay.surveys.choices import Purpose
from yanapay.surveys.models import Submission

UNNAMED = "—"


@transaction.atomic
def take_derived(*, by: Actor, submissions: Sequence[Submission]) -> list[Proposal]:
    """Follow derived answers; those of other forms propose nothing. Doing it again changes nothing more."""
    ours = [
        one
        for one in submissions
        if one.instrument.purpose == Purpose.MAPPING and one.instrument.mapping
    ]
    told = read_answers(ours) if ours else []
    return [proposal for turn in _turns(told) for proposal in _take(by, turn)]


def _turns(told: Sequence[Told]) -> Iterator[list[Told]]:
    """Answers that may be of the same interview come one after the other, all the rest at once."""
    while told:
        met, turn, later = set[tuple[object, ...]](), list[Told](), list[Told]()
        for one in told:
            (later if met & one.traits() else turn).append(one)
            met |= one.traits()
        yield turn
        told = later


def _take(by: Actor, told: Sequence[Told]) -> list[Proposal]:
    interviews = _interviews(told)
    take_answers(by=by, answers=[
        Answered(interview, one.submission, one.on)
        for one, interview in zip(told, interviews, strict=True)
        if interview.submission_id != one.submission.pk and interview.state in OPEN
    ])  # fmt: skip
    return propose_each(by=by, sayings=[
        Saying(
            centre=one.submission.centre, organisation=interview.organisation, source=Source.INTERVIEW,
            proposed=one.proposed, submission=one.submission, interview=interview, on=one.on,
            consents=agreed(one.values, ConsentPurpose.values), is_fictitious=interview.is_fictitious,
        )
        for one, interview in zip(told, interviews, strict=True)
    ])  # fmt: skip


def _interviews(told: Sequence[Told]) -> list[Interview]:
    """That of each answer, locked; a new one, not stored yet, where nobody had planned it."""
    found, known = interviews_of(told), numbered(told)
    locked = Interview.objects.select_for_update(of=("self",)).select_related("organisation")
    held = locked.order_by("pk").in_bulk(set(found.values())) if found else {}
    return [
        held.get(found.get(one.submission.pk, 0))
        or _unplanned(one, known.get((one.submission.centre_id, one.tax_id)))
        for one in told
    ]  # fmt: skip


def _unplanned(told: Told, organisation: Organisation | None) -> Interview:
    answer = told.submission
    return Interview(
        centre=answer.centre, instrument=answer.instrument, organisation=organisation,
        name=(told.name or UNNAMED)[:300], area=organisation.area if organisation else None,
        is_fictitious=answer.centre.is_fictitious or bool(organisation and organisation.is_fictitious),
    )  # fmt: skip
