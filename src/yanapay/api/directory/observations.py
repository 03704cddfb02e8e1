"""Dated figures of an organisation: added and corrected, never overwritten."""

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema, Status
from pydantic import Field

from yanapay.api.access import READ, WRITE, Request, editable_organisation
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import (
    Count,
    Currency,
    Day,
    Input,
    Key,
    Minor,
    Percent,
    Reason,
    Text100,
    Text300,
    TextLong,
)
from yanapay.directory.actions.observations import correct_observation, observe
from yanapay.directory.models import Observation
from yanapay.directory.queries.record import open_organisation
from yanapay.kernel.errors import NotFound

router = Router(tags=["observations"])
SHOWN = 1000


class ObservationIn(Input):
    """Figures that were true on a day; what is left out is not known."""

    observed_on: Day
    workers: Count | None = None
    workers_women: Count | None = None
    workers_men: Count | None = None
    women_stable: Count | None = None
    women_unstable: Count | None = None
    men_stable: Count | None = None
    men_unstable: Count | None = None
    women_family: Count | None = None
    men_family: Count | None = None
    members_women: Count | None = None
    members_men: Count | None = None
    families: Count | None = None
    annual_sales: Minor | None = None
    assets: Minor | None = None
    equipment: Minor | None = None
    currency: Currency = ""
    hours_per_week: Count | None = None
    products: TextLong = ""
    market_local: Percent | None = None
    market_regional: Percent | None = None
    market_national: Percent | None = None
    market_export: Percent | None = None
    main_buyer_share: Percent | None = None
    source: Text100 = ""
    evidence: Text300 = ""


class Correction(ObservationIn):
    """All the figures as they should have been, and why."""

    correction_reason: Reason


class ObservationOut(Schema):
    id: int
    organisation: int = Field(validation_alias="organisation_id")
    observed_on: date
    workers: int | None
    workers_women: int | None
    workers_men: int | None
    women_stable: int | None
    women_unstable: int | None
    men_stable: int | None
    men_unstable: int | None
    women_family: int | None
    men_family: int | None
    members_women: int | None
    members_men: int | None
    families: int | None
    annual_sales: int | None
    assets: int | None
    equipment: int | None
    currency: str
    hours_per_week: int | None
    products: str
    market_local: int | None
    market_regional: int | None
    market_national: int | None
    market_export: int | None
    main_buyer_share: int | None
    source: str
    evidence: str
    replaced_by: int | None = Field(validation_alias="replaced_by_id")
    reason: str
    author: str
    created_at: datetime


@router.get(
    "/organisations/{pk}/observations", auth=READ,
    response={200: list[ObservationOut], **PROBLEMS},
)  # fmt: skip
def list_observations(request: Request, pk: Key) -> list[Observation]:
    """All figures, newest first; corrected ones name the observation that replaced them."""
    organisation = open_organisation(request.auth, pk)
    return list(Observation.objects.filter(organisation=organisation).newest_first()[:SHOWN])


@router.post(
    "/organisations/{pk}/observations", auth=WRITE, response={201: ObservationOut, **PROBLEMS}
)
def add_observation(request: Request, pk: Key, body: ObservationIn) -> Status[Observation]:
    """Add the figures of a day."""
    organisation = editable_organisation(request.auth, pk)
    by = request.auth.actor(organisation.centre_id)
    return Status(201, observe(by=by, organisation=organisation, figures=_figures(body)))


@router.post(
    "/observations/{pk}/correction", auth=WRITE, response={201: ObservationOut, **PROBLEMS}
)
def correct(request: Request, pk: Key, body: Correction) -> Status[Observation]:
    """Replace an observation by a corrected one; the old figures stay readable."""
    observation = Observation.objects.select_related("organisation").filter(pk=pk).first()
    if observation is None:
        raise NotFound("There is no such observation.")
    organisation = editable_organisation(request.auth, observation.organisation_id)
    by = request.auth.actor(organisation.centre_id)
    corrected = correct_observation(
        by=by, observation=observation, figures=_figures(body), reason=body.correction_reason
    )
    return Status(201, corrected)


def _figures(body: ObservationIn) -> dict[str, Any]:
    return body.dict(exclude_unset=True, exclude={"correction_reason"})
