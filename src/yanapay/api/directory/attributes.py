"""Needs, strengths and other codes of an organisation, and its activities."""

from datetime import date
from typing import Annotated

from ninja import Router, Schema
from pydantic import Field

from yanapay.api.access import READ, WRITE, Request, editable_organisation
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import Code, CodePath, Day, Input, Key, Text200
from yanapay.directory.actions.attributes import DATED, set_activities, set_codes
from yanapay.directory.models import (
    CodedAttribute,
    Organisation,
    OrganisationActivity,
    Term,
)
from yanapay.directory.queries.record import open_organisation
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.places.choices import Revision
from yanapay.places.models import ActivityCode

router = Router(tags=["organisations"])


class AttributeOut(Schema):
    vocabulary: str
    code: str
    noted_on: date | None
    source: str


class CodesIn(Input):
    """All codes of the vocabulary that hold; those left out go."""

    codes: list[Code] = Field(max_length=100)
    noted_on: Day | None = None
    source: Text200 = ""


class ActivityIn(Input):
    code: Annotated[str, Field(pattern=r"^([A-Z]|[0-9]{2,4})$")]
    revision: Revision = Revision.REV4
    product_line: Text200 = ""


class ActivitiesIn(Input):
    """All activities, the main one first."""

    activities: list[ActivityIn] = Field(max_length=12)


class ActivityOut(Schema):
    code: str = Field(validation_alias="activity.code")
    revision: str = Field(validation_alias="activity.revision")
    product_line: str
    is_main: bool


@router.get("/{pk}/attributes", auth=READ, response={200: list[AttributeOut], **PROBLEMS})
def list_attributes(request: Request, pk: Key) -> list[CodedAttribute]:
    """What is noted of an organisation in the closed vocabularies (see /vocabularies)."""
    return _attributes(open_organisation(request.auth, pk))


@router.put("/{pk}/attributes/{vocabulary}", auth=WRITE,
            response={200: list[AttributeOut], **PROBLEMS})  # fmt: skip
def put_attributes(
    request: Request, pk: Key, vocabulary: CodePath, body: CodesIn
) -> list[CodedAttribute]:
    """Make the codes of one vocabulary exactly these."""
    organisation = editable_organisation(request.auth, pk)
    if vocabulary not in DATED:
        raise NotFound("There is no such vocabulary.")
    known = set(Term.objects.filter(vocabulary=vocabulary).values_list("code", flat=True))
    if unknown := sorted(set(body.codes) - known):
        raise RuleBroken("There is no code {code}.", field="codes", code=unknown[0])
    by = request.auth.actor(organisation.centre_id)
    set_codes(by=by, organisation=organisation, vocabulary=vocabulary, **body.dict())
    return _attributes(organisation)


@router.get("/{pk}/activities", auth=READ, response={200: list[ActivityOut], **PROBLEMS})
def list_activities(request: Request, pk: Key) -> list[OrganisationActivity]:
    """What the organisation does, the main activity first."""
    return _activities(open_organisation(request.auth, pk))


@router.put("/{pk}/activities", auth=WRITE, response={200: list[ActivityOut], **PROBLEMS})
def put_activities(request: Request, pk: Key, body: ActivitiesIn) -> list[OrganisationActivity]:
    """Make the activities exactly these."""
    organisation = editable_organisation(request.auth, pk)
    chosen = [(_activity(one), one.product_line) for one in body.activities]
    by = request.auth.actor(organisation.centre_id)
    set_activities(by=by, organisation=organisation, activities=chosen)
    return _activities(organisation)


def _attributes(organisation: Organisation) -> list[CodedAttribute]:
    return list(organisation.attributes.order_by("vocabulary", "code"))


def _activities(organisation: Organisation) -> list[OrganisationActivity]:
    return list(organisation.activities.select_related("activity").order_by("-is_main", "pk"))


def _activity(asked: ActivityIn) -> ActivityCode:
    found = ActivityCode.objects.filter(code=asked.code, revision=asked.revision).first()
    if found is None:
        raise RuleBroken("There is no activity with the code {code}.", field="activities",
                         code=asked.code)  # fmt: skip
    return found
