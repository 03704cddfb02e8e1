"""A program at the reception desk registers consultations with a token."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.factories.assistance_consultations import HOW, make_consultation
from tests.factories.directory import BY, make_centre, make_organisation, make_person, make_user

from yanapay.accounts.actions import create_token
from yanapay.accounts.rules import draw_token
from yanapay.assistance.models import Consultation

pytestmark = pytest.mark.django_db
ASKED = {
    "topic": "tramites", "channel": "telefono", "question": "¿Cómo saco el registro sanitario?", "answer": HOW,
}  # fmt: skip


def call(method: str, path: str, body: Any = None, *, role: str = "promoter", scopes: str = "read write",
         centre: str = "huancayo", **headers: str) -> tuple[int, Any]:  # fmt: skip
    raw = draw_token()
    user = make_user(role, make_centre(centre))
    create_token(
        by=BY, user=user, raw=raw, scopes=[f"assistance:{scope}" for scope in scopes.split()]
    )
    data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    sent = {"Authorization": f"Bearer {raw}", **headers}
    response = getattr(Client(), method)(f"/api/v1/consultations{path}", headers=sent, **data)
    return response.status_code, json.loads(response.content or b"null")


def test_registered_read_listed_and_found_again() -> None:
    firm, rosa = make_organisation(), make_person()
    status, made = call("post", "", {**ASKED, "organisation": firm.pk, "person": rosa.pk})
    assert (status, made["number"], made["organisation"]) == (201, "CON-2026-0001", firm.pk)
    assert call("get", f"/{made['id']}")[1]["answer"] == HOW
    _, page = call("get", "?q=rejistro&topic=tramites")
    assert [one["id"] for one in page["items"]] == [made["id"]]
    _, answers = call("get", "/answers?q=registro")
    assert [one["times"] for one in answers] == [1]


def test_a_pending_one_is_completed_by_the_version_read() -> None:
    asked = make_consultation(answer="", outcome="pendiente")
    done = {"answer": HOW, "outcome": "resuelta"}
    assert call("patch", f"/{asked.pk}", done)[0] == 422
    status, changed = call("patch", f"/{asked.pk}", {**done, "version": 1})
    assert (status, changed["outcome"], changed["version"]) == (200, "resuelta", 2)
    assert call("patch", f"/{asked.pk}", {**done, "version": 1, "reason": "x"})[0] == 409


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"outcome": "curso"}, "wish"),
        ({"question": " "}, "question"),
        ({"minutes": 601}, "minutes"),
        ({"topic": "astrologia"}, "topic"),
        ({"asked_at": "2026-03-12T10:00:00"}, "asked_at"),
        ({"asked_at": "0001-01-01T00:00:00Z"}, "asked_at"),
        ({"asked_at": "2199-01-01T00:00:00Z"}, "asked_at"),
        ({"area": "999999"}, "area"),
    ],
)
def test_what_the_rules_refuse_names_its_field(wrong: dict[str, object], field: str) -> None:
    status, problem = call("post", "", {**ASKED, **wrong})
    assert (status, problem["field"]) == (422, field)
    assert not Consultation.objects.exists()


def test_scopes_and_centres_cut_what_a_token_reaches() -> None:
    foreign = make_consultation(centre=make_centre("ayacucho"))
    stranger = make_person(centre=make_centre("ayacucho"))
    assert call("get", f"/{foreign.pk}")[0] == 404
    assert call("get", "")[1]["items"] == []
    assert call("get", "/answers?q=registro")[1] == []
    assert call("post", "", {**ASKED, "person": stranger.pk})[0] == 404
    assert call("post", "", {**ASKED, "based_on": foreign.pk})[0] == 404
    assert call("post", "", ASKED, scopes="read")[0] == 403
    assert call("get", "", scopes="write")[0] == 403
    assert call("get", "", role="mapper")[0] == 403
    assert Client().get("/api/v1/consultations").status_code == 401
