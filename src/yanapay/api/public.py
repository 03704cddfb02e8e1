"""What the public site shows, for programs without a token: read-only, and the same for everybody."""

from datetime import date
from time import time
from typing import Annotated, Any, Literal

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.throttling import BaseThrottle
from pydantic import Field

from yanapay.api.problems import PROBLEMS, Problem
from yanapay.api.values import BIGGEST, Code, Limit, Search
from yanapay.base.limits import times
from yanapay.kernel.errors import NotFound
from yanapay.mapping.exchange.public import row_of
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public import listing, shown
from yanapay.mapping.queries.public.licence import licence
from yanapay.places.models import Area
from yanapay.places.queries import area_names

PER_MINUTE = 600


class PerAddress(BaseThrottle):
    """So many requests a minute from one address, whichever process answers them."""

    def allow_request(self, request: HttpRequest) -> bool:
        """A disk that takes nothing more still lets read."""
        address = get_client_ip_address(request) or "unknown"
        try:
            return times("public-api", str(int(time() // 60)), address) <= PER_MINUTE
        except OSError:
            return True

    def wait(self) -> int:
        """Seconds until the next minute."""
        return 60 - int(time()) % 60


router = Router(tags=["public"], auth=None, throttle=[PerAddress()])
ANSWERS: dict[Any, Any] = {**PROBLEMS, 429: Problem}
KEPT = "public, max-age=300"
DAYS = ("source_date", "told_on", "approved_on", "confirmed_on")
Slug = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,90}$")]
PageNumber = Annotated[int, Query(1, ge=1, le=BIGGEST)]


class PublicRow(Schema):
    """An organisation as it is shown. Of an external one only what its source said."""

    id: str
    name: str
    acronym: str
    kind: str
    state: Literal["published", "external"]
    country: str
    area: str
    department: str
    province: str
    district: str
    latitude: float | None
    longitude: float | None
    website: str
    codes: dict[str, list[str]]
    source: str
    source_date: date | None
    told_on: date | None
    approved_on: date | None
    confirmed_on: date | None


class PublicOrganisation(PublicRow):
    """All that is shown of one organisation; ``shown`` holds texts, contact and figures by name."""

    shown: dict[str, Any]


class PublicLicence(Schema):
    """Under which licence the data may be used, whom to name, whom to ask."""

    name: str
    url: str
    attribution: str
    contact: str


class PublicPage(Schema):
    licence: PublicLicence
    items: list[PublicRow]
    total: int
    pages: int


class PublicArea(Schema):
    """A place with how many organisations lie exactly there; the empty code counts those without a place."""

    code: str
    name: str
    path: str
    count: int


class PublicFilters(Schema):
    """The same filters as the public directory."""

    q: Search = ""
    kind: Code | None = None
    area: Code | None = None
    scheme: Code | None = None
    region: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    line: Code | None = None
    need: Code | None = None
    strength: Code | None = None
    opportunity: Code | None = None
    network: Slug | None = None
    state: Literal["published", "external"] | None = None


@router.get("/organisations", response={200: PublicPage, **ANSWERS})
def list_public_organisations(
    request: HttpRequest, response: HttpResponse, filters: Query[PublicFilters], limit: Limit, page: PageNumber,
) -> dict[str, Any]:  # fmt: skip
    """Organisations of the public directory, in order of name."""
    keys = listing.find(_read(filters)).keys
    _head(response)
    start = (page - 1) * limit
    items = [_told(entry) for entry in listing.rows(keys[start : start + limit])]
    return {
        "licence": licence(),
        "items": items,
        "total": len(keys),
        "pages": -(-len(keys) // limit),
    }


@router.get("/organisations/{slug}", response={200: PublicOrganisation, **ANSWERS})
def get_public_organisation(
    request: HttpRequest, response: HttpResponse, slug: Slug
) -> dict[str, Any]:
    """One organisation by its stable address."""
    ready = Entry.objects.public().select_related("area").prefetch_related("codes")
    entry = ready.filter(slug=slug).first()
    if entry is None:
        raise NotFound("There is no such organisation.")
    _head(response)
    return _told(entry) | {"shown": shown.shown(entry)}


@router.get("/areas", response={200: list[PublicArea], **ANSWERS})
def count_public_areas(
    request: HttpRequest, response: HttpResponse, filters: Query[PublicFilters]
) -> list[dict[str, Any]]:
    """How many organisations each place holds; add them along ``path`` for provinces and departments."""
    counted = {
        path.split("/")[-1]: (path, n) for path, n in listing.counts_by_area(_read(filters)).items()
    }
    names = area_names(counted)
    _head(response)
    return [
        {"code": code, "name": names.get(code, ""), "path": path, "count": n}
        for code, (path, n) in sorted(counted.items(), key=lambda held: held[1])
    ]


def _head(response: HttpResponse) -> None:
    """Kept for a while, and under which licence."""
    response["Cache-Control"] = KEPT
    response["Link"] = licence().header


def _read(filters: PublicFilters) -> listing.Filters:
    return listing.Filters.read({k: v for k, v in filters.dict().items() if v})


def _told(entry: Entry) -> dict[str, Any]:
    row = row_of(entry)
    point = shown.point(entry)
    area: Area | None = entry.area
    return {
        **row, "area": area.code if area else "", "codes": shown.codes(entry),
        "latitude": point[0] if point else None, "longitude": point[1] if point else None,
        **{name: getattr(entry, name) for name in DAYS},
    }  # fmt: skip
