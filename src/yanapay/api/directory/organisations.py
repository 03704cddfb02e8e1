"""Organisations: list, read, create, change, status, official numbers, people."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from yanapay.api.access import READ, WRITE, Request, centre_for, editable_organisation
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import (
    BIGGEST,
    Code,
    Country,
    Cursor,
    Day,
    Email,
    IfMatch,
    Input,
    Key,
    Limit,
    Name,
    Number,
    Phone,
    Reason,
    Search,
    Text60,
    Text100,
    Text300,
    Version,
    Year,
    version_seen,
)
from yanapay.centres.rules import Scope
from yanapay.directory import choices
from yanapay.directory.access import can_see_people
from yanapay.directory.actions import organisations as actions
from yanapay.directory.choices import Kind, Precision
from yanapay.directory.models import Identifier, Organisation
from yanapay.directory.queries.counting import count
from yanapay.directory.queries.filters import Filters as ListFilters
from yanapay.directory.queries.paging import page
from yanapay.directory.queries.record import open_organisation
from yanapay.directory.queries.selecting import Selection
from yanapay.directory.rules.personal import masked
from yanapay.kernel.errors import NotFound
from yanapay.places.queries import area_coded

router = Router(tags=["organisations"])


class OrganisationFields(Input):
    """What can be written of an organisation."""

    name: Name = Field(default_factory=str)
    kind: Kind = Field(default_factory=lambda: Kind.ENTERPRISE)
    trade_name: Text300 = ""
    acronym: Text60 = ""
    legal_form: Text100 = ""
    country: Country = "PE"
    area: Code | None = Field(None, description="Code of the area: UBIGEO of INEI, or ISO 3166-2")
    address: Text300 = ""
    latitude: Annotated[float, Field(ge=-90, le=90, strict=True)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, strict=True)] | None = None
    precision: Precision | Literal[""] = ""
    phone: Phone = Field("", description="Public")
    email: Email = Field("", description="Public")
    website: Text300 = ""
    private_phone: Phone = ""
    private_email: Email = ""
    languages: list[Code] = Field([], max_length=20)
    start_date: Day | None = None
    start_year: Year | None = None


class OrganisationIn(OrganisationFields):
    name: Name
    kind: Kind
    centre: Number | None = Field(None, description="Needed when you work in more than one")


class OrganisationPatch(OrganisationFields):
    """Only the fields to change, and the version that they start from (or If-Match)."""

    version: Version | None = None
    reason: Text300 = ""


class StatusIn(Input):
    status: Literal["active", "paused", "closed"]
    on: Day
    reason: Reason


class IdentifierIn(Input):
    country: Literal["PE", "BO", "CO", "EC", "VE", "AR", "BR", "CL"] = "PE"
    type: Literal["ruc", "nit", "rif", "cuit", "cnpj", "rut"] = "ruc"
    number: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z .-]{0,39}$")]


class IdentifierOut(Schema):
    """``number`` is masked where it contains a person's identity number and you may not see people."""

    id: int
    country: str
    type: str
    number: str
    is_personal: bool


class OrganisationRow(Schema):
    id: int
    version: int
    centre: int
    name: str
    trade_name: str
    acronym: str
    kind: str
    legal_form: str
    status: str
    country: str
    area: str | None
    area_name: str
    address: str
    latitude: float | None
    longitude: float | None
    precision: str
    phone: str
    email: str
    website: str
    languages: list[str]
    start_date: date | None
    start_year: int | None
    responsible: int | None
    is_fictitious: bool
    created_at: datetime
    updated_at: datetime

    @staticmethod
    def resolve_centre(organisation: Organisation) -> int:
        return organisation.centre_id

    @staticmethod
    def resolve_responsible(organisation: Organisation) -> int | None:
        return organisation.responsible_id

    @staticmethod
    def resolve_area(organisation: Organisation) -> str | None:
        return organisation.area.code if organisation.area else None

    @staticmethod
    def resolve_area_name(organisation: Organisation) -> str:
        return organisation.area.full_name if organisation.area else ""


class OrganisationOut(OrganisationRow):
    """The whole file. Private contact is null for whoever may not see people."""

    status_on: date | None
    status_reason: str
    private_phone: str | None
    private_email: str | None
    identifiers: list[IdentifierOut]

    @staticmethod
    def resolve_identifiers(organisation: Organisation, context: Any) -> list[dict[str, Any]]:
        return _identifiers(organisation, context["request"].auth)

    @staticmethod
    def resolve_private_phone(organisation: Organisation, context: Any) -> str | None:
        seen = can_see_people(context["request"].auth, organisation)
        return organisation.private_phone if seen else None

    @staticmethod
    def resolve_private_email(organisation: Organisation, context: Any) -> str | None:
        seen = can_see_people(context["request"].auth, organisation)
        return organisation.private_email if seen else None


class OrganisationPage(Schema):
    items: list[OrganisationRow]
    total: int | None
    next: str


class Filters(Schema):
    """The same filters as the list in the browser."""

    q: Search = ""
    kind: Kind | None = None
    status: choices.Status | None = None
    centre: Annotated[int | None, Field(ge=1, le=BIGGEST)] = None
    area: Code | None = None
    need: Code | None = None
    strength: Code | None = None
    opportunity: Code | None = None
    group: Code | None = None
    responsible: Annotated[int | None, Field(ge=1, le=BIGGEST)] = None
    activity: Code | None = Field(
        None, description="Code of ISIC Rev. 4 (CIIU) at any level; those below it count too"
    )
    network: Annotated[int | None, Field(ge=1, le=BIGGEST)] = Field(
        None, description="Number of the network whose members are wanted"
    )
    size: Code | None = None


@router.get("", auth=READ, response={200: OrganisationPage, **PROBLEMS})
def list_organisations(
    request: Request, filters: Query[Filters], after: Cursor, limit: Limit
) -> dict[str, Any]:
    """Organisations that you may open, in order of name."""
    request.auth.require("directory.view")
    given = {k: v for k, v in filters.dict().items() if v not in (None, "")}
    asked = Selection(request.auth, ListFilters.read(given))
    total = count(asked)
    found = page(asked, total, after, limit)
    return {"items": found.organisations, "total": total, "next": found.after}


@router.post("", auth=WRITE, response={201: OrganisationOut, **PROBLEMS})
def create_organisation(request: Request, body: OrganisationIn) -> Status[Organisation]:
    """A new client of a centre."""
    centre = centre_for(request.auth, "directory.edit", body.centre)
    fields = _fields(body)
    by = request.auth.actor(centre.pk)
    return Status(201, actions.create_organisation(by=by, centre=centre, fields=fields))


@router.get("/{pk}", auth=READ, response={200: OrganisationOut, **PROBLEMS})
def get_organisation(request: Request, pk: Key, response: HttpResponse) -> Organisation:
    """One organisation; a merged one answers as the one that was kept."""
    organisation = open_organisation(request.auth, pk)
    response["ETag"] = f'"{organisation.version}"'
    return organisation


@router.patch("/{pk}", auth=WRITE, response={200: OrganisationOut, **PROBLEMS})
def change_organisation(
    request: Request, pk: Key, body: OrganisationPatch, if_match: IfMatch, response: HttpResponse
) -> Organisation:
    """Change some fields. 409 when somebody saved after the version that you name."""
    organisation = editable_organisation(request.auth, pk)
    seen = version_seen(if_match, body.version)
    fields = _fields(body)
    changed = actions.change_organisation(
        by=request.auth.actor(organisation.centre_id), organisation=organisation, fields=fields,
        version=seen, reason=body.reason,
    )  # fmt: skip
    response["ETag"] = f'"{changed.version}"'
    return changed


@router.post("/{pk}/status", auth=WRITE, response={200: OrganisationOut, **PROBLEMS})
def set_status(request: Request, pk: Key, body: StatusIn) -> Organisation:
    """Pause, close or reopen, with the day and the reason."""
    organisation = editable_organisation(request.auth, pk)
    by = request.auth.actor(organisation.centre_id)
    return actions.set_status(by=by, organisation=organisation, **body.dict())


@router.get("/{pk}/identifiers", auth=READ, response={200: list[IdentifierOut], **PROBLEMS})
def list_identifiers(request: Request, pk: Key) -> list[dict[str, Any]]:
    """The official numbers of an organisation."""
    return _identifiers(open_organisation(request.auth, pk), request.auth)


@router.post("/{pk}/identifiers", auth=WRITE, response={201: IdentifierOut, **PROBLEMS})
def add_identifier(request: Request, pk: Key, body: IdentifierIn) -> Status[dict[str, Any]]:
    """Add an official number; its check digits are verified, a second owner is refused."""
    organisation = editable_organisation(request.auth, pk)
    by = request.auth.actor(organisation.centre_id)
    added = actions.add_identifier(by=by, organisation=organisation, **body.dict())
    return Status(201, _shown(added, seen=can_see_people(request.auth, organisation)))


@router.delete("/{pk}/identifiers/{number_id}", auth=WRITE, response={204: None, **PROBLEMS})
def remove_identifier(
    request: Request, pk: Key, number_id: Key, reason: Annotated[Reason, Query(...)]
) -> Status[None]:
    """Take back a number that was wrong."""
    organisation = editable_organisation(request.auth, pk)
    identifier = Identifier.objects.filter(organisation=organisation, pk=number_id).first()
    if identifier is None:
        raise NotFound("There is no such number.")
    by = request.auth.actor(organisation.centre_id)
    actions.remove_identifier(by=by, identifier=identifier, reason=reason)
    return Status(204, None)


def _fields(body: OrganisationFields) -> dict[str, Any]:
    """The fields that were sent, the area found by its code."""
    fields = body.dict(exclude_unset=True, exclude={"centre", "version", "reason"})
    if code := fields.get("area"):
        fields["area"] = area_coded(code)
    return fields


def _identifiers(organisation: Organisation, scope: Scope) -> list[dict[str, Any]]:
    seen = can_see_people(scope, organisation)
    return [_shown(one, seen=seen) for one in organisation.identifiers.order_by("pk")]


def _shown(identifier: Identifier, *, seen: bool) -> dict[str, Any]:
    hidden = identifier.is_personal and not seen
    return {
        "id": identifier.pk, "country": identifier.country, "type": identifier.type,
        "number": masked(identifier.number) if hidden else identifier.number,
        "is_personal": identifier.is_personal,
    }  # fmt: skip
