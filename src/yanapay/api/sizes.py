"""Size classes: one case under all schemes, one organisation, and the whole population."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext
from ninja import Query, Router, Schema
from pydantic import WithJsonSchema

from yanapay.api.access import READ, Request
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import Code, Count, Currency, Day, Input, Key, Minor, OnDay
from yanapay.directory.queries import figures
from yanapay.directory.queries.record import open_organisation
from yanapay.kernel import sizes
from yanapay.kernel.money import Money
from yanapay.kernel.sizes import Classification, Label

router = Router(tags=["sizes"])
_KNOWN = WithJsonSchema({"type": "string", "enum": list(sizes.schemes())})
SchemeId = Annotated[Code, _KNOWN]
SchemeQuery = Annotated[SchemeId, Query(...)]
OtherScheme = Annotated[SchemeId | None, Query(None, description="Set the scheme against this one")]


class CaseIn(Input):
    """Figures of one enterprise; the year of ``on`` gives the tax unit (today if left out)."""

    workers: Count | None = None
    annual_sales: Minor | None = None
    currency: Currency = "PEN"
    on: Day | None = None
    scheme: SchemeId | None = None


class SizeOut(Schema):
    scheme: str
    outcome: str
    classes: list[str]
    reason: str


class SchemeOut(Schema):
    id: str
    issuer: str
    country: str
    year: int | None
    year_of_source: int
    criteria: list[str]
    source: str


class LabelOut(Schema):
    outcome: str
    classes: list[str]


class CountOut(Schema):
    """How many organisations have a size; with ``against``, how many have both."""

    size: LabelOut
    against: LabelOut | None
    n: int


class PopulationOut(Schema):
    scheme: str
    against: str | None
    on: date | None
    total: int
    counts: list[CountOut]


@router.get("/sizes/schemes", auth=READ, response={200: list[SchemeOut], **PROBLEMS})
def list_schemes(request: Request) -> list[Any]:
    """The dated definitions of size, in the order of the sources."""
    return list(sizes.schemes().values())


@router.post("/sizes/classify", auth=READ, response={200: list[SizeOut], **PROBLEMS})
def classify(request: Request, body: CaseIn) -> list[SizeOut]:
    """One case under one scheme or all, with the reasons. Nothing is stored."""
    sales = None if body.annual_sales is None else Money(body.annual_sales, body.currency)
    case = sizes.Figures(body.workers, sales, body.on or timezone.localdate())
    if body.scheme:
        return _told([sizes.classify(sizes.scheme(body.scheme), case)])
    return _told(sizes.classify_all(case))


@router.get("/organisations/{pk}/sizes", auth=READ, response={200: list[SizeOut], **PROBLEMS})
def sizes_of_organisation(request: Request, pk: Key, on: OnDay) -> list[SizeOut]:
    """One organisation under every scheme, by its latest figures."""
    return _told(figures.sizes_of(open_organisation(request.auth, pk), on))


@router.get("/sizes/population", auth=READ, response={200: PopulationOut, **PROBLEMS})
def population(
    request: Request, scheme: SchemeQuery, against: OtherScheme, on: OnDay
) -> dict[str, Any]:
    """How many organisations of your scope have each size, or each pair of sizes under two schemes."""
    request.auth.require("directory.view")
    left, right = sizes.scheme(scheme), sizes.scheme(against) if against else None
    found: Counter[Any]
    if right:
        found = figures.cross_population(request.auth, left, right, on)
    else:
        sized = figures.population(request.auth, left, on)
        found = Counter({(label, None): n for label, n in sized.items()})
    counts = [{"size": _label(a), "against": _label(b), "n": n} for (a, b), n in found.items()]
    asked = {"scheme": scheme, "against": against, "on": on}
    return {**asked, "counts": counts, "total": found.total()}


def _label(label: Label | None) -> dict[str, Any] | None:
    return label._asdict() if label else None


def _told(results: Iterable[Classification]) -> list[SizeOut]:
    return [
        SizeOut(
            scheme=one.scheme,
            outcome=one.outcome,
            classes=list(one.classes),
            reason=one.reason.render(gettext),
        )
        for one in results
    ]
