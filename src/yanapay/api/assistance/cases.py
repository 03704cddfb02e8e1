"""Cases of assistance: list, read, move."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Query, Router, Schema
from pydantic import Field

from yanapay.accounts.choices import TokenScope
from yanapay.api.access import Request, TokenAuth
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import BIGGEST, Day, Input, Key, Search, Text300
from yanapay.assistance.access import can_move_case
from yanapay.assistance.actions.cases import move_case
from yanapay.assistance.choices import Line, Stage, State, Subsector
from yanapay.assistance.models import Case
from yanapay.assistance.queries import listing
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.queries.gates import lacking
from yanapay.assistance.rules.stages import Position, allowed_moves
from yanapay.kernel.errors import NotAllowed

READ = TokenAuth(TokenScope.ASSISTANCE_READ)
WRITE = TokenAuth(TokenScope.ASSISTANCE_WRITE)
router = Router(tags=["assistance"])
After = Annotated[
    str, Query("", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}~[0-9]{1,18})?$",
               description="`next` of the page before")
]  # fmt: skip


class CaseRow(Schema):
    """A case as lists show it. ``stage`` is 1 to 6: promotion, diagnosis, proposal, action plan, execution,
    evaluation."""

    id: int
    version: int
    number: str
    centre: int
    organisation: int
    organisation_name: str
    title: str
    line: str
    topic: str
    subsector: str
    stage: int
    state: str
    opened_on: date
    stage_since: date
    ended_on: date | None
    closed_on: date | None
    responsible: int
    is_fictitious: bool

    @staticmethod
    def resolve_centre(case: Case) -> int:
        return case.centre_id

    @staticmethod
    def resolve_organisation(case: Case) -> int:
        return case.organisation_id

    @staticmethod
    def resolve_organisation_name(case: Case) -> str:
        return case.organisation.name

    @staticmethod
    def resolve_responsible(case: Case) -> int:
        return case.responsible_id


class Lack(Schema):
    """One thing that the stage still lacks: the section where it is put right, and the sentence."""

    part: str
    text: str


class CaseOut(CaseRow):
    """The whole case, with the moves that its table allows now and what its stage lacks."""

    moves: list[str]
    lacks: list[Lack]
    previous: int | None

    @staticmethod
    def resolve_moves(case: Case) -> list[str]:
        return allowed_moves(Position(case.stage, case.state))

    @staticmethod
    def resolve_lacks(case: Case) -> list[dict[str, str]]:
        missing = lacking(case) if case.state == State.OPEN else []
        return [{"part": one.part, "text": one.message.render(gettext)} for one in missing]

    @staticmethod
    def resolve_previous(case: Case) -> int | None:
        return case.previous_id


class CasePage(Schema):
    """``total`` stops counting one beyond 10,000."""

    items: list[CaseRow]
    total: int
    next: str


class MoveIn(Input):
    move: Literal["advance", "back", "pause", "resume", "abandon", "refuse", "reopen", "close"]
    on: Day
    reason: Text300 = ""


class Filters(Schema):
    """The same filters as the list in the browser."""

    q: Search = ""
    stage: Stage | None = None
    state: State | Literal["standing"] | None = None
    responsible: Annotated[int | None, Field(ge=1, le=BIGGEST)] = None
    centre: Annotated[int | None, Field(ge=1, le=BIGGEST)] = None
    organisation: Annotated[int | None, Field(ge=1, le=BIGGEST)] = None
    subsector: Subsector | None = None
    line: Line | None = None
    year: Annotated[int | None, Field(ge=1900, le=2200)] = None
    idle: Annotated[int | None, Field(ge=0, le=1)] = None


@router.get("", auth=READ, response={200: CasePage, **PROBLEMS})
def list_cases(
    request: Request, filters: Query[Filters], after: After,
    sort: Annotated[Literal["newest", "longest"], Query("newest")],
) -> dict[str, Any]:  # fmt: skip
    """Cases that you may see, 25 at a time: newest first, or those that stand longest in their stage."""
    _require_cases(request)
    given = {k: v for k, v in filters.dict().items() if v not in (None, "")}
    read = listing.Filters.read(given)
    page = listing.page(request.auth, read, timezone.localdate(), sort=sort, after=after)
    return {"items": page.rows, "total": page.total, "next": page.after}


@router.get("/{pk}", auth=READ, response={200: CaseOut, **PROBLEMS})
def get_case(request: Request, pk: Key, response: HttpResponse) -> Case:
    """One case with what its stage still lacks."""
    case = open_case(request.auth, pk)
    response["ETag"] = f'"{case.version}"'
    return case


@router.post("/{pk}/move", auth=WRITE, response={200: CaseOut, **PROBLEMS})
def move(request: Request, pk: Key, body: MoveIn) -> Case:
    """Take the case along one move. 422 says what is missing, or that the table does not allow it now."""
    case = open_case(request.auth, pk)
    if not can_move_case(request.auth, case):
        raise NotAllowed(
            "You may not change this case. Ask the centre that keeps it, or see whether it has ended."
        )
    by = request.auth.actor(case.centre_id)
    move_case(by=by, case=case, move=body.move, on=body.on, reason=body.reason)
    return open_case(request.auth, pk)


def _require_cases(request: Request) -> None:
    """Staff, or a specialist, who then finds the cases they were asked to help with."""
    if not request.auth.may("assistance.serve"):
        request.auth.require("assistance.view")
