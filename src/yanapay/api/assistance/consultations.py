"""Consultations: list, read, register, complete, and past answers to a question."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, Field, StrictInt

from yanapay.accounts.choices import TokenScope
from yanapay.accounts.models import User
from yanapay.api.access import Request, TokenAuth, centre_for
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import (
    BIGGEST,
    Code,
    IfMatch,
    Input,
    Key,
    Limit,
    Number,
    Search,
    Text300,
    TextLong,
    Version,
    version_seen,
)
from yanapay.assistance.access import can_edit_consultation
from yanapay.assistance.actions import consultations as actions
from yanapay.assistance.choices import Channel, Outcome
from yanapay.assistance.models import Consultation
from yanapay.assistance.queries.consultations import Filters, consultations, open_consultation
from yanapay.assistance.queries.knowledge import PastAnswer, past_answers
from yanapay.centres.rules import Scope
from yanapay.directory.queries.record import open_organisation, open_person
from yanapay.kernel.errors import NotAllowed, NotFound, RuleBroken
from yanapay.places.queries import area_coded
from yanapay.roster.choices import Topic

READ = TokenAuth(TokenScope.ASSISTANCE_READ)
WRITE = TokenAuth(TokenScope.ASSISTANCE_WRITE)
router = Router(tags=["consultations"])
Before = Annotated[int, Query(0, ge=0, le=BIGGEST, description="`next` of the page before")]
Question = Annotated[str, Field(max_length=4_000, pattern=r"^[^\x00]*[^\x00-\x20\s][^\x00]*$")]
Course = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Minutes = Annotated[StrictInt, Field(ge=0, le=600)]
Month = Annotated[str, Query("", pattern=r"^([0-9]{4}-[0-9]{2})?$", description="2026-03")]
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LINKED = {"person": open_person, "organisation": open_organisation}


class ConsultationFields(Input):
    """``person`` and ``organisation`` are numbers of records that you may open; anonymous without."""

    minutes: Minutes = 0
    answer: TextLong = ""
    material: Text300 = ""
    referred_to: Course = ""
    person: Number | None = None
    organisation: Number | None = None
    area: Code | None = Field(None, description="Code of the area: UBIGEO of INEI, or ISO 3166-2")
    wish: Course = Field(
        "", description="The course that was asked for; needed with the outcome «curso»"
    )


class ConsultationIn(ConsultationFields):
    topic: Topic
    channel: Channel
    question: Question
    outcome: Outcome = Outcome.ANSWERED
    asked_at: AwareDatetime | None = Field(
        None, description="With its time zone; now when left out"
    )
    based_on: Number | None = Field(
        None, description="The past consultation whose answer is given again"
    )
    centre: Number | None = Field(None, description="Needed when you work in more than one")


class ConsultationPatch(ConsultationFields):
    """Only the fields to change, and the version that they start from (or If-Match)."""

    topic: Topic | None = None
    channel: Channel | None = None
    question: Question = Field(default_factory=str)
    outcome: Outcome | None = None
    version: Version | None = None
    reason: Text300 = Field("", description="Needed when the consultation was finished")


class ConsultationOut(Schema):
    id: int
    number: str
    version: int
    centre: int = Field(validation_alias="centre_id")
    asked_at: datetime
    minutes: int
    channel: str
    topic: str
    question: str
    answer: str
    material: str
    outcome: str
    referred_to: str
    person: int | None = Field(None, validation_alias="person_id")
    organisation: int | None = Field(None, validation_alias="organisation_id")
    case: int | None = Field(None, validation_alias="case_id")
    based_on: int | None = Field(None, validation_alias="based_on_id")
    answered_by: str = Field(validation_alias="answered_by_name")


class ConsultationPage(Schema):
    items: list[ConsultationOut]
    next: int


class AnswerOut(Schema):
    """``times`` is how often this answer was given; ``consultation`` the last time."""

    consultation: ConsultationOut
    times: int


@router.get("", auth=READ, response={200: ConsultationPage, **PROBLEMS})
def list_consultations(  # noqa: PLR0913  one filter, one parameter
    request: Request, q: Search, month: Month, before: Before, limit: Limit,
    topic: Topic | None = None, outcome: Outcome | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Consultations of your centres, the last registered first."""
    request.auth.require("assistance.view")
    asked = {"q": q, "month": month, "topic": topic or "", "outcome": outcome or ""}
    rows = consultations(request.auth, Filters.read(asked)).order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: limit + 1])
    return {"items": found[:limit], "next": found[limit - 1].pk if len(found) > limit else 0}


@router.post("", auth=WRITE, response={201: ConsultationOut, **PROBLEMS})
def register_consultation(request: Request, body: ConsultationIn) -> Status[Consultation]:
    """A question with its answer, or pending."""
    centre = centre_for(request.auth, "assistance.edit", body.centre)
    given = body.dict(exclude={"centre", "asked_at", "wish", "based_on"})
    based_on = _past(request.auth, body.based_on)
    registered = actions.register_consultation(
        by=request.auth.actor(centre.pk), centre=centre, wish=body.wish,
        asked_at=_moment(body.asked_at), answered_by=_user(request.auth),
        fields={**_linked(request.auth, given), "based_on": based_on},
    )  # fmt: skip
    return Status(201, registered)


@router.get("/answers", auth=READ, response={200: list[AnswerOut], **PROBLEMS})
def list_answers(request: Request, q: Search, topic: Topic | None = None) -> list[PastAnswer]:
    """Past answers to a question like ``q``, the one given most often first."""
    request.auth.require("assistance.view")
    return past_answers(request.auth, q, topic or "")


@router.get("/{pk}", auth=READ, response={200: ConsultationOut, **PROBLEMS})
def get_consultation(request: Request, pk: Key, response: HttpResponse) -> Consultation:
    """One consultation of a centre of yours."""
    consultation = open_consultation(request.auth, pk)
    response["ETag"] = f'"{consultation.version}"'
    return consultation


@router.patch("/{pk}", auth=WRITE, response={200: ConsultationOut, **PROBLEMS})
def change_consultation(
    request: Request, pk: Key, body: ConsultationPatch, if_match: IfMatch, response: HttpResponse
) -> Consultation:
    """Complete a pending one, or put a finished one right. 409 when somebody saved after your version."""
    consultation = open_consultation(request.auth, pk)
    if not can_edit_consultation(request.auth, consultation):
        raise NotAllowed("Only staff who serve clients change a consultation.")
    given = body.dict(exclude_unset=True, exclude={"version", "reason", "wish"})
    changed = actions.change_consultation(
        by=request.auth.actor(consultation.centre_id), consultation=consultation,
        fields=_linked(request.auth, {name: value for name, value in given.items() if _is_given(name, value)}),
        version=version_seen(if_match, body.version), reason=body.reason, wish=body.wish,
        on=timezone.localdate(),
    )  # fmt: skip
    response["ETag"] = f'"{changed.version}"'
    return changed


def _moment(asked_at: datetime | None) -> datetime:
    """Now, or a moment of the past that centres can have lived."""
    now = timezone.now()
    if asked_at is not None and not EARLIEST <= asked_at <= now:
        raise RuleBroken("This moment is too early, or has not come yet.", field="asked_at")
    return asked_at or now


def _is_given(name: str, value: Any) -> bool:
    """A link may be taken away with null; other fields cannot be empty that way."""
    return value is not None or name in {*LINKED, "area"}


def _linked(scope: Scope, given: dict[str, Any]) -> dict[str, Any]:
    """Numbers and codes become the records they name, if the caller may see them."""
    found = dict(given)
    for name, opened in LINKED.items():
        if found.get(name) is not None:
            found[name] = opened(scope, found[name])
    if found.get("area") is not None:
        found["area"] = area_coded(found["area"])
    return found


def _past(scope: Scope, pk: int | None) -> Consultation | None:
    return open_consultation(scope, pk) if pk else None


def _user(scope: Scope) -> User:
    user = User.objects.filter(pk=scope.user_id).first() if scope.user_id else None
    if user is None:
        raise NotFound("There is no such user.")
    return user
