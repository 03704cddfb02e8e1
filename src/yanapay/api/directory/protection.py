"""Consent of organisations and people, and with whom a file is shared."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import Field

from yanapay.api.access import (
    READ,
    WRITE,
    Request,
    editable_organisation,
    editable_person,
)
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import Day, Input, Key
from yanapay.directory.access import can_edit_organisation
from yanapay.directory.actions.consents import give_consent, withdraw_consent
from yanapay.directory.choices import Channel, ConsentPurpose
from yanapay.directory.models import Consent, Organisation, Person
from yanapay.directory.queries.record import open_organisation, open_person
from yanapay.kernel.errors import NotFound

router = Router(tags=["consent and sharing"])


class ConsentIn(Input):
    purpose: ConsentPurpose
    text_version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z ._/-]{0,19}$")]
    given_on: Day
    channel: Channel


class WithdrawalIn(Input):
    on: Day


class ConsentOut(Schema):
    id: int
    purpose: str
    text_version: str
    given_on: date
    channel: str
    withdrawn_on: date | None


class ShareOut(Schema):
    centre: int = Field(validation_alias="centre_id")
    since: date
    until: date | None


class SharingRequestOut(Schema):
    centre: int = Field(validation_alias="centre_id")
    purpose: str
    state: str
    answer: str
    asked_at: datetime
    decided_at: datetime | None


class SharingOut(Schema):
    """Who opens the file. Another centre sees only what concerns itself."""

    centre: int
    shares: list[ShareOut]
    requests: list[SharingRequestOut]


@router.get("/organisations/{pk}/consents", auth=READ,
            response={200: list[ConsentOut], **PROBLEMS})  # fmt: skip
def consents_of_organisation(request: Request, pk: Key) -> list[Consent]:
    """What was agreed to about an organisation, withdrawn or not."""
    return _consents(open_organisation(request.auth, pk))


@router.post("/organisations/{pk}/consents", auth=WRITE, response={201: ConsentOut, **PROBLEMS})
def give_for_organisation(request: Request, pk: Key, body: ConsentIn) -> Status[Consent]:
    """Note a consent."""
    return _give(request, editable_organisation(request.auth, pk), body)


@router.post("/organisations/{pk}/consents/{consent_id}/withdrawal", auth=WRITE,
             response={200: ConsentOut, **PROBLEMS})  # fmt: skip
def withdraw_for_organisation(
    request: Request, pk: Key, consent_id: Key, body: WithdrawalIn
) -> Consent:
    """From that day on the purpose no longer holds."""
    return _withdraw(request, editable_organisation(request.auth, pk), consent_id, body)


@router.get("/persons/{pk}/consents", auth=READ, response={200: list[ConsentOut], **PROBLEMS})
def consents_of_person(request: Request, pk: Key) -> list[Consent]:
    """What a person agreed to, withdrawn or not."""
    return _consents(open_person(request.auth, pk))


@router.post("/persons/{pk}/consents", auth=WRITE, response={201: ConsentOut, **PROBLEMS})
def give_for_person(request: Request, pk: Key, body: ConsentIn) -> Status[Consent]:
    """Note a consent."""
    return _give(request, editable_person(request.auth, pk), body)


@router.post("/persons/{pk}/consents/{consent_id}/withdrawal", auth=WRITE,
             response={200: ConsentOut, **PROBLEMS})  # fmt: skip
def withdraw_for_person(request: Request, pk: Key, consent_id: Key, body: WithdrawalIn) -> Consent:
    """From that day on the purpose no longer holds."""
    return _withdraw(request, editable_person(request.auth, pk), consent_id, body)


@router.get("/organisations/{pk}/sharing", auth=READ, response={200: SharingOut, **PROBLEMS})
def sharing(request: Request, pk: Key) -> dict[str, Any]:
    """Which centres open the file, since and until when, and what was asked."""
    organisation = open_organisation(request.auth, pk)
    shares, asked = organisation.shares.order_by("pk"), organisation.sharing_requests.order_by("pk")
    if not can_edit_organisation(request.auth, organisation):
        shares = shares.filter(centre__in=request.auth.centre_ids)
        asked = asked.filter(centre__in=request.auth.centre_ids)
    return {"centre": organisation.centre_id, "shares": list(shares), "requests": list(asked)}


def _consents(about: Organisation | Person) -> list[Consent]:
    return list(about.consents.order_by("pk"))


def _give(request: Request, about: Organisation | Person, body: ConsentIn) -> Status[Consent]:
    by = request.auth.actor(about.centre_id)
    return Status(201, give_consent(by=by, about=about, **body.dict()))


def _withdraw(
    request: Request, about: Organisation | Person, consent_id: int, body: WithdrawalIn
) -> Consent:
    held = about.consents.filter(pk=consent_id).first()
    if held is None:
        raise NotFound("There is no such consent.")
    return withdraw_consent(by=request.auth.actor(about.centre_id), consent=held, on=body.on)
