"""Centres with staff, organisations, people and figures, each made by the real action."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from yanapay.accounts.actions import create_user, load_roles
from yanapay.accounts.models import Role, User
from yanapay.audit.rules import Actor
from yanapay.centres.actions import create_centre, create_institution, grant_membership
from yanapay.centres.models import Centre, Institution
from yanapay.centres.queries import scope_of
from yanapay.centres.rules import Scope
from yanapay.directory.actions.observations import observe
from yanapay.directory.actions.organisations import add_identifier, create_organisation
from yanapay.directory.actions.persons import create_person
from yanapay.directory.actions.sharing import answer_sharing, ask_for_sharing
from yanapay.directory.models import Observation, Organisation, Person, Share
from yanapay.kernel.text import fold
from yanapay.places.choices import ActivityLevel, Revision
from yanapay.places.models import ActivityCode, ActivityMatch, Area
from yanapay.places.models.memory import ask_again, forget

BY = Actor.operator()
TODAY = date(2026, 3, 12)
PASSWORD = "llamas-cruzan-el-puente"

_number = count(1)


def make_centre(code: str = "huancayo") -> Centre:
    """The centre of that code, opened once."""
    if found := Centre.objects.filter(code=code).first():
        return found
    institution = Institution.objects.first() or create_institution(by=BY, name="Instituto Wiñay")
    return create_centre(by=BY, institution=institution, code=code, name=f"Centro {code}")


def make_user(role: str = "promoter", centre: Centre | None = None) -> User:
    """Somebody who works in a centre in a role (an administrator works in none)."""
    load_roles(by=BY)
    user = create_user(
        by=BY, username=f"{role}{next(_number)}", password=PASSWORD, must_change_password=False
    )
    place = None if role == "admin" else centre or make_centre()
    held = Role.objects.get(code=role)
    grant_membership(by=BY, user=user, role=held, centre=place, on=date(2020, 1, 1))
    return user


def make_scope(role: str = "promoter", centre: Centre | None = None) -> Scope:
    return scope_of(make_user(role, centre), TODAY)


def make_organisation(
    name: str = "Lácteos del Valle", centre: Centre | None = None, ruc: str = "", **fields: Any
) -> Organisation:
    asked = {"name": name, "kind": "empresa", **fields}
    organisation = create_organisation(by=BY, centre=centre or make_centre(), fields=asked)
    if ruc:
        add_identifier(by=BY, organisation=organisation, number=ruc)
    return organisation


def make_area(path: str, name: str = "") -> Area:
    """An area by its codes from the country down, ``"PE/12/1201"``, the ones above it made too.

    Bare places for lists and counts; :func:`tests.factories.places.place` loads the real ones.
    """
    above, _, code = path.rpartition("/")
    fields = {
        "country": path[:2], "code": code, "name": name or code, "name_key": fold(name or code),
        "level": path.count("/"), "parent": make_area(above) if above else None, "edition": "test",
    }  # fmt: skip
    area, _ = Area.objects.get_or_create(path=path, defaults=fields)
    ask_again()
    return area


def make_activity(code: str) -> ActivityCode:
    """A class of ISIC Rev. 4 under section C, manufacturing."""
    bare = {"revision": Revision.REV4, "section": "C"}
    section, _ = ActivityCode.objects.get_or_create(**bare, code="C", level=ActivityLevel.SECTION)
    forget()
    return ActivityCode.objects.create(
        **bare, code=code, level=ActivityLevel.CLASS, parent=section, label_en=code
    )


def make_older_activity(code: str, matches: Iterable[str]) -> ActivityCode:
    """A class of ISIC Rev. 3 that may be any of some classes of Rev. 4."""
    bare = {"revision": Revision.REV3, "section": "D"}
    section, _ = ActivityCode.objects.get_or_create(**bare, code="D", level=ActivityLevel.SECTION)
    older = ActivityCode.objects.create(
        **bare, code=code, level=ActivityLevel.CLASS, parent=section
    )
    for rev4 in ActivityCode.objects.filter(revision=Revision.REV4, code__in=matches):
        ActivityMatch.objects.create(rev3=older, rev4=rev4, one_to_one=False)
    forget()
    return older


def make_clients(names: Iterable[str], centre: Centre | None = None) -> list[Organisation]:
    return [make_organisation(name, centre) for name in names]


def make_share(organisation: Organisation, centre: Centre, on: date = TODAY) -> Share:
    """The other centre asks for the file and is given it."""
    user = make_user(centre=centre)
    request = ask_for_sharing(
        by=BY, organisation=organisation, centre=centre, asked_by=user, purpose="common fair"
    )
    answer_sharing(by=BY, request=request, accept=True, on=on, decided_by=user)
    return Share.objects.get(organisation=organisation, centre=centre, until=None)


def make_person(name: str = "Rosa Quispe", centre: Centre | None = None, **fields: Any) -> Person:
    return create_person(by=BY, centre=centre or make_centre(), fields={"name": name, **fields})


def make_observation(
    organisation: Organisation, on: date = date(2016, 5, 1), **figures: Any
) -> Observation:
    if "annual_sales" in figures:
        figures.setdefault("currency", "PEN")
    return observe(by=BY, organisation=organisation, figures={"observed_on": on, **figures})
