"""Proposed changes of an organisation: made from wherever they come, decided field by field by a reviewer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import record, record_each
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.choices import Status
from yanapay.directory.models import Organisation
from yanapay.kernel.changes import require_version
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.actions.entries import publish_entry
from yanapay.mapping.actions.interviews import move_interview
from yanapay.mapping.actions.writing import carry_over
from yanapay.mapping.choices import InterviewState, ProposalState
from yanapay.mapping.models import Entry, Interview, Proposal
from yanapay.mapping.queries.current import values_of
from yanapay.mapping.queries.entries import shown_by
from yanapay.mapping.queries.review import known_on
from yanapay.mapping.rules.fields import FIELDS, PUBLIC
from yanapay.mapping.rules.interviews import may_move
from yanapay.mapping.rules.proposing import Known, read, readable
from yanapay.surveys.actions.reviewing import review_answers
from yanapay.surveys.choices import Review
from yanapay.surveys.models import Submission

ACCEPTED, REFUSED = "accepted", "refused"


@dataclass(frozen=True)
class Saying:
    """What somebody says of an organisation and where it comes from; ``proposed`` maps fields to values."""

    centre: Centre
    organisation: Organisation | None
    source: str
    proposed: Mapping[str, Any]
    submission: Submission | None = None
    interview: Interview | None = None
    on: date | None = None
    contact: Mapping[str, str] = field(default_factory=dict)
    consents: Iterable[str] = ()
    is_fictitious: bool = False


@transaction.atomic
def propose(
    *, by: Actor, centre: Centre, organisation: Organisation | None, source: str, proposed: Mapping[str, Any],
    on: date | None = None, contact: Mapping[str, str] | None = None, consents: Iterable[str] = (),
    is_fictitious: bool = False,
) -> Proposal:  # fmt: skip
    """Keep what somebody says of an organisation until a reviewer decides."""
    saying = Saying(centre, organisation, source, proposed, on=on, contact=contact or {}, consents=consents,
                    is_fictitious=is_fictitious)  # fmt: skip
    return propose_each(by=by, sayings=[saying])[0]


@transaction.atomic
def propose_each(*, by: Actor, sayings: Sequence[Saying]) -> list[Proposal]:
    """Keep each until a reviewer decides; a value that cannot be read is kept as it was said.

    A second answer of the same interview, or an edit of it, takes the place of the first one while that waits:
    the caller gives at most one for each interview. What was decided stays.
    """
    known, waiting = known_on(timezone.localdate()), _Waiting.of(sayings)
    proposals = [waiting.proposal(one) or Proposal(centre=one.centre, interview=one.interview)
                 for one in sayings]  # fmt: skip
    open_ones = [
        _filled(proposal, saying, known)
        for proposal, saying in zip(proposals, sayings, strict=True)
        if proposal.state == ProposalState.PENDING
    ]
    for held in [one for one in open_ones if one.pk]:
        held.save()
    Proposal.objects.bulk_create(one for one in open_ones if not one.pk)
    record_each(by=by, action="mapping.proposed", objects=map(_proposed, open_ones))
    return proposals


def _filled(proposal: Proposal, saying: Saying, known: Known) -> Proposal:
    if unknown := saying.proposed.keys() - set(FIELDS):
        raise RuleBroken("There is no field called {name}.", name=min(unknown))
    about = saying.organisation
    if about and about.status == Status.MERGED:
        about = about.merged_into
    country = about.country if about else known.country
    read_on = replace(known, today=saying.on or known.today, country=country)
    proposal.organisation, proposal.source, proposal.submission = (
        about,
        saying.source,
        saying.submission,
    )
    proposal.proposed = readable(saying.proposed, read_on)
    proposal.base_version = about.version if about else 0
    proposal.contact, proposal.consents = dict(saying.contact), sorted(set(saying.consents))
    proposal.is_fictitious = saying.is_fictitious or bool(about and about.is_fictitious)
    return proposal


@transaction.atomic
def decide(
    *, by: Actor, proposal: Proposal, accepted: Collection[str], on: date, reason: str = "",
    organisation: Organisation | None = None, version: int | None = None, publish: bool = False,
    decimals: int | None = None, corrected: Mapping[str, Any] | None = None,
) -> Proposal:  # fmt: skip
    """Write the accepted fields into the directory, refuse the others; accepting nothing refuses it whole.

    ``corrected`` holds what the reviewer wrote instead of what was proposed: it goes into the directory, both
    stay with the proposal, and the answer is as it was. ``organisation`` is the one that an unknown one turned
    out to be; without it a new one is created. ``version`` is that of the record when the reviewer saw it.
    ``publish`` shows the accepted public fields at once, which needs consent. All of it or nothing.
    """
    proposal = _undecided(proposal)
    if not accepted:
        return _refuse(by, proposal, on, reason)
    about = _locked(organisation or proposal.organisation)
    _refuse_foreign(proposal, about)
    if about:
        require_version(version, about.version)
    values = _read_accepted(proposal, accepted, corrected or {}, on, about)
    _note_sides(proposal, {f: values[f] for f in corrected or {}}, about)
    about = carry_over(by=by, proposal=proposal, organisation=about, values=values, on=on)
    whole = set(accepted) >= proposal.proposed.keys()
    state = ProposalState.ACCEPTED if whole else ProposalState.PARTLY
    proposal = _decided(by, proposal, about, state, accepted, reason)
    if publish:
        fields = {f: v for f, v in values.items() if f in PUBLIC}
        publish_entry(by=by, organisation=about, on=on, decimals=decimals,
                      fields={**_shown_of(about), **fields})  # fmt: skip
    _move_on(by, proposal, about, on, publish=publish)
    return proposal


def _shown_of(organisation: Organisation) -> dict[str, Any]:
    entry = Entry.objects.filter(organisation=organisation).first()
    return shown_by(entry) if entry else {}


@dataclass(frozen=True)
class _Waiting:
    """The proposals that there are already: of the same answers, and undecided ones of the same interviews."""

    of_answers: Mapping[int | None, Proposal]
    of_interviews: Mapping[int | None, Proposal]

    @classmethod
    def of(cls, sayings: Sequence[Saying]) -> "_Waiting":
        answers = [one.submission for one in sayings if one.submission]
        interviews = [one.interview for one in sayings if one.interview]
        held = Proposal.objects.filter(submission__in=answers) if answers else ()
        undecided = Proposal.objects.pending().filter(interview__in=interviews).order_by("-pk")
        return cls({one.submission_id: one for one in held},
                   {one.interview_id: one for one in (undecided if interviews else ())})  # fmt: skip

    def proposal(self, saying: Saying) -> Proposal | None:
        answer, interview = saying.submission, saying.interview
        same = self.of_answers.get(answer.pk) if answer else None
        return same or (self.of_interviews.get(interview.pk) if interview else None)


def _undecided(proposal: Proposal) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != ProposalState.PENDING and proposal.decided_at:
        raise RuleBroken(
            "{name} has decided on this already, on {day}. Nothing was changed.",
            name=proposal.decided_by_name, day=timezone.localdate(proposal.decided_at),
        )  # fmt: skip
    return proposal


def _locked(organisation: Organisation | None) -> Organisation | None:
    found = Organisation.objects.select_for_update()
    return found.get(pk=organisation.pk) if organisation else None


def _refuse_foreign(proposal: Proposal, about: Organisation | None) -> None:
    if about and about.centre_id != proposal.centre_id:
        raise RuleBroken(
            "«{name}» belongs to another centre, which reviews its own changes.", name=about.name
        )
    if about and about.status == Status.MERGED:
        raise RuleBroken("«{name}» was merged into another record.", name=about.name)


def _read_accepted(
    proposal: Proposal, accepted: Collection[str], corrected: Mapping[str, Any], on: date,
    about: Organisation | None,
) -> dict[str, Any]:  # fmt: skip
    """Every accepted field as the directory writes it: what the reviewer wrote, else what was proposed."""
    if unknown := set(accepted) - proposal.proposed.keys():
        raise RuleBroken("The proposal says nothing of {name}.", name=min(unknown))
    if unticked := corrected.keys() - set(accepted):
        raise RuleBroken(
            "It was corrected but is not ticked. Tick it, or undo the correction.",
            field=min(unticked),
        )
    known = known_on(on, about.country if about else "PE")
    told = {**proposal.proposed, **corrected}
    return {field: read(field, told[field], known) for field in accepted}


def _note_sides(
    proposal: Proposal, corrected: Mapping[str, Any], about: Organisation | None
) -> None:
    """What the directory said until now and what was corrected, for whoever looks later."""
    current = values_of(about) if about else {}
    proposal.held = {
        f: current[f] for f in proposal.proposed if current.get(f) not in ("", None, [])
    }
    proposal.corrected = {f: v for f, v in corrected.items() if v != proposal.proposed[f]}


def _refuse(by: Actor, proposal: Proposal, on: date, reason: str) -> Proposal:
    if not reason.strip():
        raise RuleBroken("Say why nothing is accepted.", field="reason")
    proposal = _decided(by, proposal, proposal.organisation, ProposalState.REFUSED, (), reason)
    interview = proposal.interview
    if interview and may_move(interview.state, InterviewState.DROPPED):
        move_interview(
            by=by, interview=interview, state=InterviewState.DROPPED, on=on, reason=reason
        )
    return proposal


def _decided(
    by: Actor, proposal: Proposal, about: Organisation | None, state: str, accepted: Collection[str],
    reason: str,
) -> Proposal:  # fmt: skip
    """Who decided what, when; the contact of a registration is no longer needed."""
    proposal.decisions = {
        field: ACCEPTED if field in accepted else REFUSED for field in proposal.proposed
    }
    proposal.organisation, proposal.state, proposal.reason = about, state, reason[:300]
    proposal.decided_by_name, proposal.decided_at = by.user_name, timezone.now()
    proposal.contact = {}
    proposal.save()
    fields = {
        "accepted": sorted(accepted),
        "refused": sorted(proposal.proposed.keys() - set(accepted)),
        "corrected": sorted(proposal.corrected),
    }
    _record(by, "mapping.proposal_decided", proposal, {"state": state, **fields})
    _review_answer(by, proposal)
    return proposal


def _review_answer(by: Actor, proposal: Proposal) -> None:
    """Whoever decides on what an answer says has reviewed the answer; one edited meanwhile waits again."""
    answer = proposal.submission
    if answer is None or not answer.is_current:
        return
    refused = proposal.state == ProposalState.REFUSED
    review_answers(
        by=by, submissions=[answer], review=Review.REJECTED if refused else Review.APPROVED,
        note=proposal.reason,
    )  # fmt: skip


def _move_on(
    by: Actor, proposal: Proposal, about: Organisation, on: date, *, publish: bool
) -> None:
    interview = proposal.interview
    if interview is None:
        return
    Interview.objects.filter(pk=interview.pk).update(organisation=about)
    interview.refresh_from_db()
    for state in (InterviewState.IN_REVIEW, InterviewState.PUBLISHED)[: 2 if publish else 1]:
        if may_move(interview.state, state):
            interview = move_interview(by=by, interview=interview, state=state, on=on)
    proposal.interview = interview


def _record(by: Actor, action: str, proposal: Proposal, changes: Mapping[str, Any]) -> None:
    kind, pk = _story_of(proposal)
    record(by=by, action=action, object_type=kind, object_id=pk,
           changes={"proposal": proposal.pk, **changes})  # fmt: skip


def _proposed(proposal: Proposal) -> tuple[str, object, Mapping[str, Any]]:
    """The event of a proposal that was made."""
    fields = {"fields": sorted(proposal.proposed), "source": proposal.source}
    return (*_story_of(proposal), {"proposal": proposal.pk, **fields})


def _story_of(proposal: Proposal) -> tuple[str, int]:
    """The organisation's own story where there is one."""
    if proposal.organisation_id:
        return "organisation", proposal.organisation_id
    return "proposal", proposal.pk
