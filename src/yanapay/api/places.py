"""Areas and activity codes: the reference data that other records point to by code."""

from typing import Annotated, Any

from django.db.models import Q
from ninja import Query, Router, Schema

from yanapay.api.access import READ, Request
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import Code, CodePath, Limit, Search
from yanapay.kernel.errors import NotFound
from yanapay.kernel.text import fold
from yanapay.places.choices import ActivityLevel, Level, Revision
from yanapay.places.models import ActivityCode, Area

router = Router(tags=["places"])
After = Annotated[
    str, Query("", pattern=r"^[A-Za-z0-9/_-]{0,40}$", description="`next` of the page before")
]


class AreaOut(Schema):
    code: str
    name: str
    level: int
    country: str
    parent: str | None
    path: str
    capital: str
    altitude: float | None
    population: int | None
    latitude: float | None
    longitude: float | None
    edition: str

    @staticmethod
    def resolve_parent(area: Area) -> str | None:
        return area.parent.code if area.parent else None


class AreaPage(Schema):
    items: list[AreaOut]
    next: str


class AreaFilters(Schema):
    q: Search = ""
    country: Annotated[str, Query(pattern=r"^[A-Z]{2}$")] | None = None
    level: Level | None = None
    parent: Code | None = None


class ActivityOut(Schema):
    revision: str
    code: str
    level: str
    section: str
    parent: str | None
    label_es: str
    label_en: str

    @staticmethod
    def resolve_parent(activity: ActivityCode) -> str | None:
        return activity.parent.code if activity.parent else None


class ActivityFilters(Schema):
    q: Search = ""
    revision: Revision | None = None
    level: ActivityLevel | None = None
    parent: Code | None = None


@router.get("/areas", auth=READ, response={200: AreaPage, **PROBLEMS})
def list_areas(
    request: Request, filters: Query[AreaFilters], after: After, limit: Limit
) -> dict[str, Any]:
    """Areas in the order of the tree; ``q`` is the beginning of any word of the name."""
    found = Area.objects.filter(path__gt=after).select_related("parent").order_by("path")
    if key := fold(filters.q):
        found = found.filter(Q(name_key__startswith=key) | Q(name_key__contains=f" {key}"))
    asked = {"country": filters.country, "level": filters.level, "parent__code": filters.parent}
    rows = list(found.filter(**{k: v for k, v in asked.items() if v is not None})[: limit + 1])
    return {"items": rows[:limit], "next": rows[limit - 1].path if len(rows) > limit else ""}


@router.get("/areas/{code}", auth=READ, response={200: AreaOut, **PROBLEMS})
def get_area(request: Request, code: CodePath) -> Area:
    """One area by its code (UBIGEO of INEI, or ISO 3166-2)."""
    area = Area.objects.select_related("parent").filter(code=code).first()
    if area is None:
        raise NotFound("There is no such area.")
    return area


@router.get("/activity-codes", auth=READ, response={200: list[ActivityOut], **PROBLEMS})
def list_activity_codes(
    request: Request, filters: Query[ActivityFilters], limit: Limit
) -> list[ActivityCode]:
    """Codes of ISIC (CIIU); ``q`` is part of a label or the beginning of a code."""
    found = ActivityCode.objects.select_related("parent").order_by("revision", "section", "code")
    if filters.q:
        words = Q(label_es__icontains=filters.q) | Q(label_en__icontains=filters.q)
        found = found.filter(words | Q(code__startswith=filters.q))
    asked = {"revision": filters.revision, "level": filters.level, "parent__code": filters.parent}
    return list(found.filter(**{k: v for k, v in asked.items() if v is not None})[:limit])
