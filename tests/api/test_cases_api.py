"""Cases over the API: listed, read, moved by programs with a token."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.factories.assistance import make_case
from tests.factories.directory import BY, make_centre, make_user

from yanapay.accounts.actions import create_token
from yanapay.accounts.rules import draw_token

pytestmark = pytest.mark.django_db


def call(method: str, path: str, *, role: str = "promoter", centre: str = "huancayo",
         scopes: str = "read write", body: Any = None) -> tuple[int, Any]:  # fmt: skip
    """(status, JSON) of one request by somebody of the role."""
    raw = draw_token()
    wanted = [f"assistance:{scope}" for scope in scopes.split()]
    create_token(by=BY, user=make_user(role, make_centre(centre)), raw=raw, scopes=wanted)
    headers = {"Authorization": f"Bearer {raw}", "Accept-Language": "en"}
    more = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    response = getattr(Client(), method)(f"/api/v1{path}", headers=headers, **more)
    return response.status_code, json.loads(response.content or b"null")


def test_a_case_is_listed_and_read_with_what_it_lacks() -> None:
    case = make_case()
    status, page = call("get", "/cases?stage=1&state=standing")
    assert (status, [row["number"] for row in page["items"]]) == (200, ["SAT-2026-0001"])
    status, read = call("get", f"/cases/{case.pk}")
    assert {"part": "promotion", "text": "Whether there is a conflict of interest."} in read[
        "lacks"
    ]
    assert read["moves"] == ["advance", "pause", "abandon", "refuse"]


def test_a_move_that_is_not_allowed_is_told() -> None:
    case = make_case()
    advance = {"move": "advance", "on": "2026-03-12"}
    status, problem = call("post", f"/cases/{case.pk}/move", body=advance)
    assert (status, "missing" in problem["detail"]) == (422, True)
    pause = {"move": "pause", "on": "2026-03-12", "reason": "the owner travels"}
    assert call("post", f"/cases/{case.pk}/move", body=pause)[1]["state"] == "paused"


def test_tokens_and_roles_cut_what_is_reached() -> None:
    case = make_case()
    move = {"move": "pause", "on": "2026-03-12", "reason": "x"}
    assert call("post", f"/cases/{case.pk}/move", scopes="read", body=move)[0] == 403
    assert call("get", f"/cases/{case.pk}", centre="ayacucho")[0] == 404
    assert call("get", "/cases", role="readonly")[0] == 403
    assert call("get", "/cases?stage=9")[0] == 422
