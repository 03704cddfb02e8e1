"""People of the user's own centres, and what they are in organisations. Of other centres: nothing."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from yanapay.api.access import (
    READ,
    WRITE,
    Request,
    centre_for,
    editable_organisation,
    editable_person,
)
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import (
    Country,
    Day,
    Email,
    IfMatch,
    Input,
    Key,
    Limit,
    Name,
    Number,
    Phone,
    Search,
    Text40,
    Text100,
    Text300,
    Version,
    version_seen,
)
from yanapay.directory.access import can_see_people
from yanapay.directory.actions import persons as actions
from yanapay.directory.choices import Education, PersonRole, Sex
from yanapay.directory.models import Person, PersonRoleRecord
from yanapay.directory.queries.record import open_organisation, open_person
from yanapay.directory.queries.search import find_persons
from yanapay.kernel.errors import NotAllowed, NotFound

router = Router(tags=["persons"])
After = Annotated[int, Query(0, ge=0, le=2**63 - 1, description="`next` of the page before")]


class PersonFields(Input):
    """What can be written of a person. All of it is personal data."""

    name: Name = Field(default_factory=str)
    sex: Sex | Literal[""] = ""
    birth_year: Annotated[int, Field(ge=1900, le=2100, strict=True)] | None = None
    document_country: Country = "PE"
    document_type: Annotated[str, Field(pattern=r"^[a-z_]{0,20}$")] = ""
    document_number: Text40 = ""
    education: Education | Literal[""] = ""
    languages: Text100 = ""
    self_identification: Text100 = ""
    disability: Text100 = ""
    phone: Phone = ""
    email: Email = ""


class PersonIn(PersonFields):
    name: Name
    centre: Number | None = Field(None, description="Needed when you work in more than one")


class PersonPatch(PersonFields):
    """Only the fields to change, and the version that they start from (or If-Match)."""

    version: Version | None = None
    reason: Text300 = ""


class PersonOut(Schema):
    id: int
    version: int
    centre: int = Field(validation_alias="centre_id")
    name: str
    sex: str
    birth_year: int | None
    document_country: str
    document_type: str
    document_number: str
    education: str
    languages: str
    self_identification: str
    disability: str
    phone: str
    email: str


class PersonPage(Schema):
    items: list[PersonOut]
    next: int


class RoleIn(Input):
    organisation: Number
    role: PersonRole
    since: Day | None = None


class RoleEnd(Input):
    until: Day


class RoleOut(Schema):
    id: int
    person: int = Field(validation_alias="person_id")
    organisation: int = Field(validation_alias="organisation_id")
    role: str
    since: date | None
    until: date | None


@router.get("/persons", auth=READ, response={200: PersonPage, **PROBLEMS})
def list_persons(request: Request, q: Search, after: After, limit: Limit) -> dict[str, Any]:
    """People in the order in which they were entered; with ``q`` the best matches, one page of them."""
    request.auth.require("persons.view")
    if q.strip():
        return {"items": find_persons(request.auth, q, limit)[:limit], "next": 0}
    rows = Person.objects.live().visible_to(request.auth).filter(pk__gt=after).order_by("pk")
    found = list(rows[: limit + 1])
    return {"items": found[:limit], "next": found[limit - 1].pk if len(found) > limit else 0}


@router.post("/persons", auth=WRITE, response={201: PersonOut, **PROBLEMS})
def create_person(request: Request, body: PersonIn) -> Status[Person]:
    """A new person of a centre."""
    centre = centre_for(request.auth, "directory.edit", body.centre)
    request.auth.require("persons.view", centre.pk)
    fields = body.dict(exclude_unset=True, exclude={"centre"})
    by = request.auth.actor(centre.pk)
    return Status(201, actions.create_person(by=by, centre=centre, fields=fields))


@router.get("/persons/{pk}", auth=READ, response={200: PersonOut, **PROBLEMS})
def get_person(request: Request, pk: Key, response: HttpResponse) -> Person:
    """One person of a centre of yours."""
    person = open_person(request.auth, pk)
    response["ETag"] = f'"{person.version}"'
    return person


@router.patch("/persons/{pk}", auth=WRITE, response={200: PersonOut, **PROBLEMS})
def change_person(
    request: Request, pk: Key, body: PersonPatch, if_match: IfMatch, response: HttpResponse
) -> Person:
    """Change some fields. 409 when somebody saved after the version that you name."""
    person = editable_person(request.auth, pk)
    seen = version_seen(if_match, body.version)
    changed = actions.change_person(
        by=request.auth.actor(person.centre_id), person=person, version=seen, reason=body.reason,
        fields=body.dict(exclude_unset=True, exclude={"version", "reason"}),
    )  # fmt: skip
    response["ETag"] = f'"{changed.version}"'
    return changed


@router.get("/persons/{pk}/roles", auth=READ, response={200: list[RoleOut], **PROBLEMS})
def list_roles(request: Request, pk: Key) -> list[PersonRoleRecord]:
    """What a person is and was, in which organisations."""
    return list(open_person(request.auth, pk).roles.order_by("pk"))


@router.post("/persons/{pk}/roles", auth=WRITE, response={201: RoleOut, **PROBLEMS})
def add_role(request: Request, pk: Key, body: RoleIn) -> Status[PersonRoleRecord]:
    """Say what a person is in an organisation; a role that still runs is not doubled."""
    person = editable_person(request.auth, pk)
    organisation = editable_organisation(request.auth, body.organisation)
    by = request.auth.actor(organisation.centre_id)
    added = actions.add_role(
        by=by, person=person, organisation=organisation, role=body.role, since=body.since
    )
    return Status(201, added)


@router.post("/persons/{pk}/roles/{role_id}/end", auth=WRITE, response={200: RoleOut, **PROBLEMS})
def end_role(request: Request, pk: Key, role_id: Key, body: RoleEnd) -> PersonRoleRecord:
    """The role ends; the past stays."""
    person = editable_person(request.auth, pk)
    role = person.roles.filter(pk=role_id).first()
    if role is None:
        raise NotFound("There is no such role.")
    return actions.end_role(by=request.auth.actor(person.centre_id), role=role, on=body.until)


@router.get("/organisations/{pk}/roles", auth=READ, response={200: list[RoleOut], **PROBLEMS})
def roles_in_organisation(request: Request, pk: Key) -> list[PersonRoleRecord]:
    """Who is and was what in an organisation."""
    organisation = open_organisation(request.auth, pk)
    if not can_see_people(request.auth, organisation):
        raise NotAllowed("You may not see the people of this organisation.")
    return list(organisation.people.filter(person__in=Person.objects.live()).order_by("pk"))
