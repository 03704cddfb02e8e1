"""Contracts with specialists: deliverables, their acceptance by the enterprise, and then their payment."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop

from yanapay.assistance.actions.files import Upload, add_case_file
from yanapay.assistance.choices import AssignmentState
from yanapay.assistance.models import Assignment, Case, Contract, Milestone
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.rules.delivery import MilestoneTerms, contract_total, in_order
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money
from yanapay.notices.actions import notify
from yanapay.quality.actions.numbers import next_number

SERIES = "CTR"


@transaction.atomic
def sign_contract(
    *, by: Actor, assignment: Assignment, terms: str, signed_on: date, starts_on: date, ends_on: date,
    milestones: Sequence[MilestoneTerms], agreed: Money | None = None,
) -> Contract:  # fmt: skip
    """The terms with a specialist who accepted. The amount is the sum of the deliverables.

    ``agreed`` is the total as it was typed, if it was: it must be that sum.
    """
    case = standing(assignment.case)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.state != AssignmentState.ACCEPTED:
        raise RuleBroken("A contract is made with a specialist who has accepted.")
    if Contract.objects.filter(assignment=assignment).exists():
        raise RuleBroken("There is a contract for this assignment already.")
    in_order(case.opened_on, starts_on, "This is before the case was opened ({on}).", "starts_on")
    total = contract_total(milestones, starts_on, ends_on, agreed)
    contract = Contract.objects.create(
        assignment=assignment, terms=terms, signed_on=signed_on, starts_on=starts_on, ends_on=ends_on,
        amount=total.amount_minor, currency=total.currency,
        number=next_number(by=by, centre=case.centre, code=SERIES, year=signed_on.year),
    )  # fmt: skip
    Milestone.objects.bulk_create(
        Milestone(contract=contract, deliverable=one.deliverable, due_on=one.due_on,
                  amount=one.amount.amount_minor, position=position)
        for position, one in enumerate(milestones)
    )  # fmt: skip
    record(
        by=by, action="assistance.contract_signed", object_type="case", object_id=case.pk,
        changes={"number": contract.number, "specialist": assignment.specialist_id,
                 "amount": total.amount_minor, "currency": total.currency, "milestones": len(milestones)},
    )  # fmt: skip
    return contract


@transaction.atomic
def deliver_milestone(
    *, by: Actor, milestone: Milestone, on: date, note: str, files: Sequence[Upload] = ()
) -> Milestone:
    """The specialist hands something over, with its report; the enterprise has to accept it."""
    milestone = _owed(milestone)
    if milestone.delivered_on:
        raise RuleBroken("This was delivered already; it waits for the enterprise.")
    if not note.strip():
        raise RuleBroken("Say what was delivered.", field="note")
    in_order(milestone.contract.starts_on, on, "This is before the contract began ({on}).", "on")
    milestone.delivered_on, milestone.delivery_note, milestone.returned_reason = on, note, ""
    milestone.save()
    case = _case(milestone)
    for upload in files:
        add_case_file(by=by, case=case, milestone=milestone, upload=upload)
    notify(
        by=by, user_id=case.responsible_id, url=f"/cases/{case.pk}/#team",
        text=gettext_noop("«{what}» of {case} was delivered: does the enterprise accept it?"),
        what=milestone.deliverable, case=case.number,
    )  # fmt: skip
    _record(by, "assistance.milestone_delivered", milestone)
    return milestone


@transaction.atomic
def accept_milestone(
    *, by: Actor, milestone: Milestone, on: date, accepted_by_name: str
) -> Milestone:
    """The enterprise accepts a deliverable: only now it may be paid. ``accepted_by_name`` says who."""
    milestone = _owed(milestone)
    delivered = _delivered(milestone)
    if not accepted_by_name.strip():
        raise RuleBroken("Say who accepts it for the enterprise.", field="accepted_by_name")
    in_order(delivered, on, "This is before the delivery ({on}).", "on")
    milestone.accepted_on, milestone.accepted_by_name = on, accepted_by_name
    milestone.save()
    _tell_specialist(by, milestone, gettext_noop("The enterprise accepted «{what}» of {case}."))
    _record(by, "assistance.milestone_accepted", milestone)
    return milestone


@transaction.atomic
def return_milestone(*, by: Actor, milestone: Milestone, reason: str) -> Milestone:
    """The enterprise does not accept it as it is; the specialist delivers again."""
    milestone = _owed(milestone)
    _delivered(milestone)
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    milestone.delivered_on, milestone.returned_reason = None, reason
    milestone.save()
    _tell_specialist(
        by, milestone, gettext_noop("«{what}» of {case} came back: see what is asked.")
    )
    _record(by, "assistance.milestone_returned", milestone)
    return milestone


@transaction.atomic
def pay_milestone(*, by: Actor, milestone: Milestone, on: date) -> Milestone:
    """The specialist is paid for what the enterprise accepted; also after the case has closed."""
    milestone = _locked(milestone)
    if milestone.accepted_on is None:
        raise RuleBroken("It is paid once the enterprise has accepted it.")
    if milestone.paid_on:
        raise RuleBroken("This was paid already, on {on}.", on=milestone.paid_on)
    in_order(milestone.accepted_on, on, "This is before the acceptance ({on}).", "on")
    milestone.paid_on = on
    milestone.save()
    _record(by, "assistance.milestone_paid", milestone)
    return milestone


def _locked(milestone: Milestone) -> Milestone:
    held = Milestone.objects.select_for_update(of=("self",))
    return held.select_related(
        "contract__assignment__case", "contract__assignment__specialist"
    ).get(pk=milestone.pk)


def _owed(milestone: Milestone) -> Milestone:
    """The milestone, locked, if it is still to be delivered or accepted."""
    milestone = _locked(milestone)
    standing(_case(milestone))
    if milestone.contract.ended_reason:
        raise RuleBroken("This contract was broken off.")
    if milestone.accepted_on:
        raise RuleBroken("The enterprise has accepted this already.")
    return milestone


def _delivered(milestone: Milestone) -> date:
    if milestone.delivered_on is None:
        raise RuleBroken("This was not delivered yet.")
    return milestone.delivered_on


def _tell_specialist(by: Actor, milestone: Milestone, text: str) -> None:
    case, user_id = _case(milestone), milestone.contract.assignment.specialist.user_id
    if user_id:
        notify(by=by, user_id=user_id, text=text, url=f"/cases/{case.pk}/#team",
               what=milestone.deliverable, case=case.number)  # fmt: skip


def _case(milestone: Milestone) -> Case:
    return milestone.contract.assignment.case


def _record(by: Actor, action: str, milestone: Milestone) -> None:
    record(
        by=by, action=action, object_type="case", object_id=_case(milestone).pk,
        changes={"contract": milestone.contract.number, "milestone": milestone.pk},
    )  # fmt: skip
