"""The roster: specialists and the catalogue of technologies, to read. Private contact is not in it."""

from typing import Annotated, Literal

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from yanapay.accounts.choices import TokenScope
from yanapay.api.access import Request, TokenAuth
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import Key, Search
from yanapay.assistance.queries.team import loads
from yanapay.roster.choices import SpecialistKind, Topic
from yanapay.roster.models import Specialist, Technology
from yanapay.roster.queries.accreditation import standings_by
from yanapay.roster.queries.specialists import RosterFilters, away, open_specialist, roster
from yanapay.roster.queries.technologies import catalogue
from yanapay.roster.rules.accreditation import Standing, lacks

READ = TokenAuth(TokenScope.ASSISTANCE_READ)
router = Router(tags=["roster"])


class Wanted(Schema):
    """What cuts the list. ``area`` is an official code: those who go there."""

    q: Search = ""
    kind: SpecialistKind | None = None
    topic: Topic | None = None
    area: Annotated[str, Field(max_length=10, pattern=r"^[0-9A-Za-z-]*$")] = ""
    accredited: Literal["yes", "no"] | None = None
    available: Literal["yes"] | None = None


class SpecialityOut(Schema):
    topic: str
    activity: str
    technology: str
    years: int | None


class SpecialistOut(Schema):
    """An entry of the roster. ``missing`` are the codes of mandatory papers that are not in order today;
    ``load`` is the number of cases in which they were asked or work, of ``most_cases`` they accept."""

    id: int
    version: int
    centre: int
    kind: str
    name: str
    profession: str
    languages: list[str]
    specialities: list[SpecialityOut]
    areas: list[str]
    accredited: bool
    missing: list[str]
    load: int
    most_cases: int
    away_until: str | None
    day_rate: int | None
    currency: str
    is_active: bool
    is_fictitious: bool


class TechnologyOut(Schema):
    id: int
    category: str
    name: str
    name_en: str
    action: str
    is_published: bool


@router.get("/specialists", auth=READ, response={200: list[SpecialistOut], **PROBLEMS})
def list_specialists(request: Request, wanted: Query[Wanted]) -> list[SpecialistOut]:
    """The active entries of your centres, by name."""
    request.auth.require("roster.view")
    given = {name: value for name, value in wanted.dict().items() if value}
    return _told(roster(request.auth, RosterFilters(**given), timezone.localdate()))


@router.get("/specialists/{pk}", auth=READ, response={200: SpecialistOut, **PROBLEMS})
def read_specialist(request: Request, pk: Key) -> SpecialistOut:
    """One entry of the roster."""
    return _told([open_specialist(request.auth, pk)])[0]


@router.get("/technologies", auth=READ, response={200: list[TechnologyOut], **PROBLEMS})
def list_technologies(request: Request, q: Search = "") -> list[Technology]:
    """The catalogue of technologies; ``is_published`` marks those of the published list."""
    request.auth.require("roster.view")
    return list(catalogue(q or ""))


def _told(listed: list[Specialist]) -> list[SpecialistOut]:
    today = timezone.localdate()
    papers, load, absent = standings_by(listed, today), loads(listed), away(today)
    return [
        _out(one, lacks(papers[one.pk]), load.get(one.pk, 0), str(absent.get(one.pk, "")))
        for one in listed
    ]


def _out(one: Specialist, missing: list[Standing], load: int, absent: str) -> SpecialistOut:
    return SpecialistOut(
        id=one.pk, version=one.version, centre=one.centre_id, kind=one.kind, name=str(one),
        profession=one.profession, languages=one.languages,
        specialities=[
            SpecialityOut(topic=row.topic, activity=row.activity.code if row.activity else "",
                          technology=row.technology.name if row.technology else "", years=row.years)
            for row in one.specialities.all()
        ],
        areas=[row.area.code for row in one.areas.all()], accredited=not missing,
        missing=[lack.demand.code for lack in missing], load=load, most_cases=one.most_cases,
        away_until=absent or None, day_rate=one.day_rate, currency=one.currency,
        is_active=one.is_active, is_fictitious=one.is_fictitious,
    )  # fmt: skip
