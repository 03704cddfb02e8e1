"""Specialists in a case: asked, answering, working, released."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from yanapay.assistance.choices import AssignmentState
from yanapay.assistance.models import Assignment, Case, Contract
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.queries.team import match_of, running_assignments
from yanapay.assistance.rules.stages import ANSWER_DAYS
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.notices.actions import notify
from yanapay.roster.actions.specialists import deactivate_specialist
from yanapay.roster.models import Specialist
from yanapay.roster.queries.specialists import locked

RUNNING = (AssignmentState.ASKED, AssignmentState.ACCEPTED)


@transaction.atomic
def ask_specialist(
    *, by: Actor, case: Case, specialist: Specialist, task: str, on: date, reasons: Sequence[Message] = ()
) -> Assignment:  # fmt: skip
    """Ask somebody to help with a case; they have three days to answer.

    Refused when something that blocks stands against them: papers missing, a conflict of interest.
    ``reasons`` say why they; those of the matching unless given.
    """
    case = standing(case)
    _may_be_asked(case, specialist)
    found = match_of(case, specialist, on)
    for obstacle in found.obstacles:
        if obstacle.blocks:
            raise RuleBroken("{name}: {why}", name=specialist, why=obstacle.message)
    reasons = reasons or [reason.message for reason in found.reasons]
    assignment = Assignment.objects.create(
        case=case, specialist=specialist, task=task, asked_on=on, answer_by=on + timedelta(days=ANSWER_DAYS),
        reasons=[{"template": r.template, "values": _plain(r.values)} for r in reasons],
        asked_by_name=by.user_name,
    )  # fmt: skip
    _tell(
        by, specialist, gettext_noop("You are asked to help with {case}. Please answer by {day}."),
        "/assignments/", case=case.number, day=assignment.answer_by,
    )  # fmt: skip
    _record(by, "assistance.specialist_asked", assignment)
    return assignment


@transaction.atomic
def answer_assignment(
    *, by: Actor, assignment: Assignment, accept: bool, on: date, reason: str = ""
) -> Assignment:
    """The specialist takes the work or declines it with a reason."""
    assignment = _locked(assignment)
    case = standing(assignment.case)
    if assignment.state != AssignmentState.ASKED:
        raise RuleBroken("This was answered already, or taken back.")
    if not accept and not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    if on < assignment.asked_on:
        raise RuleBroken("The answer cannot come before the question.", field="on")
    assignment.state = AssignmentState.ACCEPTED if accept else AssignmentState.DECLINED
    assignment.answered_on, assignment.answer = on, reason
    assignment.save()
    said = (
        gettext_noop("{name} accepted {case}.")
        if accept
        else gettext_noop("{name} declined {case}.")
    )
    notify(by=by, user_id=case.responsible_id, text=said, url=f"/cases/{case.pk}/#team",
           name=assignment.specialist, case=case.number)  # fmt: skip
    _record(
        by,
        "assistance.assignment_accepted" if accept else "assistance.assignment_declined",
        assignment,
    )
    return assignment


@transaction.atomic
def release_assignment(*, by: Actor, assignment: Assignment, on: date, reason: str) -> Assignment:
    """A specialist leaves a case: what is not done yet is free for others, the contract is broken off."""
    assignment = _locked(assignment)
    if assignment.state not in RUNNING:
        raise RuleBroken("This assignment has ended already.")
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    if on < assignment.asked_on:
        raise RuleBroken("It cannot end before it began.", field="on")
    assignment.state, assignment.ended_on, assignment.answer = AssignmentState.ENDED, on, reason
    assignment.save()
    assignment.tasks.filter(done_on=None).update(assignment=None)
    assignment.visits.filter(done_on=None).update(assignment=None, visitor=None)
    _break_off(assignment, reason)
    _tell(by, assignment.specialist, gettext_noop("Your work in {case} has ended."), "/assignments/",
          case=assignment.case.number)  # fmt: skip
    _record(by, "assistance.assignment_released", assignment)
    return assignment


@transaction.atomic
def expire_assignments(*, by: Actor, on: date) -> list[Assignment]:
    """Questions whose day of answer has passed lapse; whoever answers for the case is told."""
    late = Assignment.objects.select_for_update(of=("self",)).filter(
        state=AssignmentState.ASKED, answer_by__lt=on
    )
    expired = list(late.select_related("case", "specialist__person", "specialist__organisation"))
    for assignment in expired:
        assignment.state = AssignmentState.EXPIRED
        assignment.save(update_fields=["state"])
        case = assignment.case
        notify(
            by=by, user_id=case.responsible_id, url=f"/cases/{case.pk}/#team",
            text=gettext_noop("{name} did not answer in time for {case}. Ask somebody else."),
            name=assignment.specialist, case=case.number,
        )  # fmt: skip
        _record(by, "assistance.assignment_expired", assignment)
    return expired


@transaction.atomic
def retire_specialist(
    *, by: Actor, specialist: Specialist, on: date, reason: str, release: bool = False
) -> list[Assignment]:
    """Take somebody out of the roster. With running assignments: refused, or all released in the same step."""
    running = running_assignments(specialist)
    if running and not release:
        cases = ", ".join(assignment.case.number for assignment in running)
        raise RuleBroken(
            "{name} still works in {cases}. Release these first, or together with this.",
            name=specialist, cases=cases,
        )  # fmt: skip
    for assignment in running:
        release_assignment(
            by=by, assignment=assignment, on=max(on, assignment.asked_on), reason=reason
        )
    deactivate_specialist(by=by, specialist=specialist, reason=reason)
    return running


def _may_be_asked(case: Case, specialist: Specialist) -> None:
    if not locked(specialist).is_active:
        raise RuleBroken("{name} is not active in the roster.", name=specialist)
    if specialist.centre_id != case.centre_id:
        raise RuleBroken("{name} is in the roster of another centre.", name=specialist)


def _break_off(assignment: Assignment, reason: str) -> None:
    contract = Contract.objects.filter(assignment=assignment, ended_reason="").first()
    if contract and contract.milestones.filter(accepted_on=None).exists():
        contract.ended_reason = reason
        contract.save(update_fields=["ended_reason"])


def _locked(assignment: Assignment) -> Assignment:
    held = Assignment.objects.select_for_update(of=("self",))
    return held.select_related("case", "specialist__person", "specialist__organisation").get(
        pk=assignment.pk
    )


def _tell(by: Actor, specialist: Specialist, text: str, url: str, **values: object) -> None:
    if specialist.user_id:
        notify(by=by, user_id=specialist.user_id, text=text, url=url, **values)


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}


def _record(by: Actor, action: str, assignment: Assignment) -> None:
    record(
        by=by, action=action, object_type="case", object_id=assignment.case_id,
        changes={"assignment": assignment.pk, "specialist": assignment.specialist_id},
    )  # fmt: skip
