"""Programs read the roster: what is missing, never private contact."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.factories.directory import BY, make_area, make_centre, make_user
from tests.factories.roster import make_specialist

from yanapay.accounts.actions import create_token
from yanapay.accounts.rules import draw_token
from yanapay.roster.actions.catalogue import load_requirements, load_technologies
from yanapay.roster.actions.knowledge import add_speciality, set_areas

pytestmark = pytest.mark.django_db


def read(
    path: str, role: str = "promoter", centre: str = "huancayo", scope: str = "assistance:read"
) -> Any:
    raw = draw_token()
    create_token(by=BY, user=make_user(role, make_centre(centre)), raw=raw, scopes=[scope])
    answer = Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {raw}"})
    return answer.status_code, json.loads(answer.content)


def test_specialists_with_what_their_papers_lack() -> None:
    load_requirements(by=BY)
    specialist = make_specialist("Ada Rojas", accredited=False, day_rate=35_000, currency="PEN")
    add_speciality(by=BY, specialist=specialist, topic="calidad", years=4)
    set_areas(by=BY, specialist=specialist, areas=[make_area("PE/12")])
    status, found = read("/specialists?topic=calidad&area=12&accredited=no")
    assert status == 200
    assert [row["name"] for row in found] == ["Ada Rojas"]
    assert "specialist-education" in found[0]["missing"]
    assert (found[0]["load"], found[0]["day_rate"], found[0]["accredited"]) == (0, 35_000, False)
    assert not {"phone", "email", "conflicts", "person"} & set(found[0])
    assert read(f"/specialists/{specialist.pk}")[1]["name"] == "Ada Rojas"


def test_another_centre_and_another_scope_see_nothing() -> None:
    specialist = make_specialist()
    assert read("/specialists", centre="ayacucho") == (200, [])
    assert read(f"/specialists/{specialist.pk}", centre="ayacucho")[0] == 404
    assert read("/specialists", scope="directory:read")[0] == 403
    assert read("/specialists", role="mapper")[0] == 403


def test_the_catalogue() -> None:
    load_technologies(by=BY)
    status, found = read("/technologies?q=ajos")
    assert (status, [row["name"] for row in found]) == (200, ["Peladora de ajos"])
