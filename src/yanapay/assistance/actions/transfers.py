"""A case passes to another centre: asked for with a reason, accepted with who answers for it, or declined."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from yanapay.accounts.models import User
from yanapay.assistance.choices import RequestState
from yanapay.assistance.models import Case, CaseTransfer
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.queries.staff import coordinators, staff
from yanapay.assistance.queries.transfers import agreed_to_sharing
from yanapay.assistance.rules.transfers import number_there, own_number
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.centres.models import Centre
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.actions.sharing import answer_sharing, ask_for_sharing
from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Share
from yanapay.kernel.errors import RuleBroken
from yanapay.notices.actions import notify

INBOX = "/cases/transfers/"


@transaction.atomic
def ask_transfer(
    *, by: Actor, case: Case, target: Centre, reason: str, on: date,
    consent: Mapping[str, Any] | None = None,
) -> CaseTransfer:  # fmt: skip
    """Offer a case to another centre, which will read the file of the enterprise once it accepts.

    So the enterprise must have agreed to that: already, or now by ``consent`` (channel, text_version).
    """
    case = standing(case)
    _may_be_offered(case, target, reason)
    if consent:
        give_consent(
            by=by, about=case.organisation, purpose=ConsentPurpose.SHARING, given_on=on, **consent
        )
    if not agreed_to_sharing(case.organisation):
        raise RuleBroken(
            "The enterprise has not agreed to another centre reading its file. Note its consent first.",
            field="channel",
        )
    transfer = CaseTransfer.objects.create(
        case=case, source=case.centre, target=target, reason=reason, asked_on=on,
        asked_by_name=by.user_name,
    )  # fmt: skip
    for coordinator in coordinators(target.pk, on):
        notify(by=by, user_id=coordinator.pk, url=INBOX, centre=case.centre, case=case.number,
               text=gettext_noop("{centre} offers you the case {case}."))  # fmt: skip
    _record(by, "assistance.transfer_asked", transfer, reason)
    return transfer


@transaction.atomic
def accept_transfer(
    *, by: Actor, transfer: CaseTransfer, responsible: User, decided_by: User, on: date
) -> Case:
    """The case is the asked centre's from now on, with its history; the enterprise's file is shared."""
    transfer = _pending(transfer)
    case = standing(transfer.case)
    if not staff(transfer.target_id, on).filter(pk=responsible.pk).exists():
        raise RuleBroken("Choose somebody who serves clients in your centre.", field="responsible")
    former = case.responsible_id
    _move(case, transfer, responsible)
    _share(by, transfer, decided_by, on)
    _answer(by, transfer, RequestState.ACCEPTED, on, "")
    notify(by=by, user_id=former, url=INBOX, case=own_number(case.number), centre=transfer.target,
           text=gettext_noop("{centre} has taken over {case}."))  # fmt: skip
    if responsible.pk != former:
        notify(by=by, user_id=responsible.pk, url=f"/cases/{case.pk}/", case=case.number,
               text=gettext_noop("You answer for {case} from now on."))  # fmt: skip
    _record(by, "assistance.transfer_accepted", transfer)
    return case


@transaction.atomic
def decline_transfer(*, by: Actor, transfer: CaseTransfer, reason: str, on: date) -> CaseTransfer:
    """The asked centre does not take the case; whoever answers for it learns why."""
    transfer = _pending(transfer)
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    _answer(by, transfer, RequestState.DECLINED, on, reason)
    case = transfer.case
    notify(by=by, user_id=case.responsible_id, url=f"/cases/{case.pk}/", case=case.number,
           centre=transfer.target, text=gettext_noop("{centre} does not take over {case}."))  # fmt: skip
    _record(by, "assistance.transfer_declined", transfer, reason)
    return transfer


@transaction.atomic
def withdraw_transfer(*, by: Actor, transfer: CaseTransfer, on: date) -> CaseTransfer:
    """The centre that offered the case keeps it after all."""
    transfer = _pending(transfer)
    _answer(by, transfer, RequestState.WITHDRAWN, on, "")
    _record(by, "assistance.transfer_withdrawn", transfer)
    return transfer


def _may_be_offered(case: Case, target: Centre, reason: str) -> None:
    if target.pk == case.centre_id:
        raise RuleBroken("The case is in this centre already.", field="target")
    if not target.is_active:
        raise RuleBroken("This centre is closed.", field="target")
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    if case.transfers.filter(state=RequestState.PENDING).exists():
        raise RuleBroken("This case is already offered to a centre that has not answered yet.")


def _pending(transfer: CaseTransfer) -> CaseTransfer:
    held = CaseTransfer.objects.select_for_update(of=("self",))
    current = held.select_related("case", "source", "target").get(pk=transfer.pk)
    if current.state != RequestState.PENDING:
        raise RuleBroken("This was answered already, or taken back.")
    return current


def _move(case: Case, transfer: CaseTransfer, responsible: User) -> None:
    own = own_number(case.number)
    is_taken = Case.objects.filter(centre=transfer.target, number=own).exists()
    case.number = number_there(case.number, transfer.source.code, is_taken=is_taken)
    case.centre, case.responsible = transfer.target, responsible
    known_as = case.search_text
    case.keep_searchable()
    search.learn_change(known_as, case.search_text)
    case.version += 1
    case.save()


def _share(by: Actor, transfer: CaseTransfer, decided_by: User, on: date) -> None:
    """The consent was noted when the case was offered; the purpose is the case itself."""
    organisation, centre = transfer.case.organisation, transfer.target
    shared = Share.objects.filter(organisation=organisation, centre=centre, until=None)
    if organisation.centre_id == centre.pk or shared.exists():
        return
    asked = ask_for_sharing(
        by=by, organisation=organisation, centre=centre, asked_by=decided_by,
        purpose=f"{transfer.case.number}: {transfer.reason}"[:300],
    )  # fmt: skip
    answer_sharing(by=by, request=asked, accept=True, on=on, decided_by=decided_by)


def _answer(by: Actor, transfer: CaseTransfer, state: str, on: date, answer: str) -> None:
    if on < transfer.asked_on:
        raise RuleBroken("The answer cannot come before the question.", field="on")
    transfer.state, transfer.answer = state, answer
    transfer.answered_on, transfer.answered_by_name = on, by.user_name
    transfer.save()


def _record(by: Actor, action: str, transfer: CaseTransfer, reason: str = "") -> None:
    changes = {"from": transfer.source_id, "to": transfer.target_id}
    record(by=by, action=action, object_type="case", object_id=transfer.case_id,
           changes=changes, reason=reason)  # fmt: skip
