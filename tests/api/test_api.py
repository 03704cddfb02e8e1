"""Stories of programs that use the API with a token."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.directory import (
    BY,
    make_activity,
    make_centre,
    make_observation,
    make_organisation,
    make_person,
    make_share,
    make_user,
)
from tests.factories.places import place

from yanapay.accounts.actions import create_token, revoke_token
from yanapay.accounts.rules import draw_token
from yanapay.audit.models import Event
from yanapay.directory.exchange import load
from yanapay.directory.models import ImportBatch, Organisation, Term

pytestmark = pytest.mark.django_db
PERSONAL_RUC, COMPANY_RUC = "10456789019", "20100070970"


class Program:
    """A client with a token; ``get`` and its kin return (status, JSON)."""

    def __init__(self, role: str, *, centre: str = "huancayo", scopes: str = "read write") -> None:
        self.user = make_user(role, make_centre(centre))
        raw = draw_token()
        wanted = [f"directory:{scope}" for scope in scopes.split()]
        self.token = create_token(by=BY, user=self.user, raw=raw, scopes=wanted)
        self.headers = {"Authorization": f"Bearer {raw}", "Accept-Language": "en"}

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        send: Callable[..., Any] = getattr(Client(), method)
        more = (
            {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        )
        address = f"/api/v1{path}"
        return send(address, headers={**self.headers, **headers}, **more)

    def __getattr__(self, method: str) -> Callable[..., tuple[int, Any]]:
        def answer(path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
            response = self.call(method, path, body, **headers)
            return response.status_code, json.loads(response.content or b"null")

        return answer


def test_without_a_valid_token_nothing_is_said() -> None:
    assert Client().get("/api/v1/organisations").status_code == 401
    program = Program("promoter")
    revoke_token(by=BY, token=program.token)
    response = program.call("get", "/organisations")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_reading_token_cannot_write() -> None:
    status, problem = Program("promoter", scopes="read").post(
        "/organisations", {"name": "X", "kind": "empresa"}
    )
    assert (status, problem["code"]) == (403, "not_allowed")


def test_create_read_change_and_the_second_of_two_editors() -> None:
    program = Program("promoter")
    body = {"name": "Lácteos Wayra", "kind": "empresa", "private_phone": "999000111", "area": None}
    status, made = program.post("/organisations", body)
    assert (status, made["version"], made["private_phone"]) == (201, 1, "999000111")
    path = f"/organisations/{made['id']}"
    assert program.call("get", path)["ETag"] == '"1"'
    status, changed = program.patch(path, {"acronym": "LW", "version": 1})
    assert (status, changed["acronym"], changed["version"]) == (200, "LW", 2)
    status, problem = program.patch(path, {"acronym": "ZZ"}, **{"If-Match": '"1"'})
    assert (status, problem["code"]) == (409, "edit_conflict")
    assert program.patch(path, {"acronym": "ZZ"})[1]["field"] == "version"
    event = Event.objects.get(action="directory.organisation_changed")
    assert event.actor_id == program.user.pk


def test_the_list_pages_through_everything_once() -> None:
    for number in range(7):
        make_organisation(f"Taller {number % 3}")
    program, seen, after = Program("promoter"), [], ""
    while True:
        _, page = program.get(f"/organisations?limit=2&after={after}")
        seen += [row["id"] for row in page["items"]]
        if not (after := page["next"]):
            break
    assert len(seen) == len(set(seen)) == page["total"] == 7
    assert program.get("/organisations?q=taler")[1]["total"] == 7
    assert program.get("/organisations?kind=ong")[1]["items"] == []


def test_another_centre_is_not_there() -> None:
    theirs = make_organisation("Tejidos Puno", centre=make_centre("puno"))
    person = make_person(centre=make_centre("puno"))
    program = Program("coordinator")
    assert program.get("/organisations")[1]["total"] == 0
    for path in (f"/organisations/{theirs.pk}", f"/persons/{person.pk}",
                 f"/organisations/{theirs.pk}/observations", f"/organisations/{theirs.pk}/sizes"):  # fmt: skip
        assert program.get(path)[0] == 404
    assert program.patch(f"/organisations/{theirs.pk}", {"name": "Y", "version": 1})[0] == 404
    assert program.get("/persons")[1]["items"] == []
    _, problem = program.post(
        "/organisations", {"name": "Y", "kind": "ong", "centre": theirs.centre_id}
    )
    assert problem["code"] == "not_allowed"


def test_who_may_not_see_people_sees_neither_contact_nor_personal_numbers() -> None:
    enterprise = make_organisation(ruc=COMPANY_RUC, private_phone="964000111")
    natural = make_organisation("Rosa Quispe", ruc=PERSONAL_RUC)
    reader, promoter = Program("readonly"), Program("promoter")
    seen = reader.get(f"/organisations/{enterprise.pk}")[1]
    assert (seen["private_phone"], seen["identifiers"][0]["number"]) == (None, COMPANY_RUC)
    assert (
        reader.get(f"/organisations/{natural.pk}")[1]["identifiers"][0]["number"] == "••••••••019"
    )
    assert (
        promoter.get(f"/organisations/{natural.pk}")[1]["identifiers"][0]["number"] == PERSONAL_RUC
    )
    assert reader.get("/persons")[0] == 403
    assert reader.get(f"/organisations/{natural.pk}/roles")[0] == 403


def test_a_number_is_checked_and_belongs_to_one() -> None:
    make_organisation("Primera", ruc=COMPANY_RUC)
    second, program = make_organisation("Segunda"), Program("promoter")
    path = f"/organisations/{second.pk}/identifiers"
    status, problem = program.post(path, {"number": "20100070971"})
    assert (status, problem["field"]) == (422, "tax_id")
    assert "Primera" in program.post(path, {"number": COMPANY_RUC})[1]["detail"]
    status, added = program.post(path, {"number": "20131312955"})
    assert status == 201
    assert program.delete(f"{path}/{added['id']}?reason=wrong")[0] == 204
    assert program.get(path) == (200, [])


def test_a_problem_is_told_in_the_language_asked_for() -> None:
    program = Program("promoter")
    english = program.get("/organisations/1")[1]["title"]
    assert english == "Not found"
    assert set(program.get("/organisations/1", **{"Accept-Language": "es"})[1]) == {
        "title", "detail", "field", "code",
    }  # fmt: skip


def test_people_and_their_roles() -> None:
    enterprise, program = make_organisation(), Program("promoter")
    body = {"name": "Rosa Quispe", "document_type": "dni", "document_number": "45678901"}
    _, rosa = program.post("/persons", body)
    assert program.post("/persons", body)[1]["field"] == "document_number"
    path = f"/persons/{rosa['id']}"
    status, role = program.post(f"{path}/roles", {"organisation": enterprise.pk, "role": "owner"})
    assert status == 201
    assert program.get(f"/organisations/{enterprise.pk}/roles")[1] == [role]
    assert (
        program.post(f"{path}/roles/{role['id']}/end", {"until": "2026-01-31"})[1]["until"]
        == "2026-01-31"
    )
    assert program.patch(path, {"sex": "f", "version": 1})[1]["version"] == 2
    assert program.patch(path, {"sex": "m", "version": 1})[0] == 409
    assert [p["id"] for p in program.get("/persons?q=quispe")[1]["items"]] == [rosa["id"]]


def test_figures_are_corrected_never_overwritten() -> None:
    enterprise, program = make_organisation(), Program("promoter")
    path = f"/organisations/{enterprise.pk}/observations"
    _, first = program.post(path, {"observed_on": "2016-05-01", "workers": 8})
    assert program.post(path, {"observed_on": 20160501, "workers": 8})[0] == 422
    assert program.post(path, {"observed_on": "2016-05-01", "assets": 1})[1]["field"] == "currency"
    right = {"observed_on": "2016-05-01", "workers": 12, "correction_reason": "counted again"}
    status, second = program.post(f"/observations/{first['id']}/correction", right)
    assert (status, second["reason"]) == (201, "counted again")
    assert program.post(f"/observations/{first['id']}/correction", right)[0] == 422
    listed = program.get(path)[1]
    assert [(one["workers"], one["replaced_by"]) for one in listed] == [
        (12, None), (8, second["id"]),
    ]  # fmt: skip
    assert program.get(f"/organisations/{enterprise.pk}/sizes")[1][0]["classes"] == ["small"]


def test_places_and_vocabularies() -> None:
    place("120114")
    program = Program("readonly")
    found = program.get("/areas?q=el tambo&level=3")[1]["items"]
    assert "120114" in [area["code"] for area in found]
    assert program.get("/areas/120114")[1]["parent"] == "1201"
    assert len(program.get("/areas?parent=PE&limit=200")[1]["items"]) == 25
    assert program.get("/areas/999999")[0] == 404
    assert program.get("/activity-codes?revision=4&level=section")[1]
    assert program.get("/vocabularies/nothing")[0] == 404
    status, made = Program("promoter").post(
        "/organisations", {"name": "A", "kind": "ong", "area": "120114"}
    )
    assert (status, made["area_name"]) == (201, "El Tambo, Huancayo, Junín")
    status, problem = Program("promoter").post(
        "/organisations", {"name": "B", "kind": "ong", "area": "999999"}
    )
    assert (status, problem["field"]) == (422, "area")


def test_a_program_writes_telephones_as_people_do() -> None:
    program = Program("promoter")
    body = {
        "name": "A",
        "kind": "ong",
        "phone": "(064) 211-211",
        "private_phone": "+51 964 555 777",
    }
    status, made = program.post("/organisations", body)
    assert (status, made["phone"], made["private_phone"]) == (201, "064211211", "+51964555777")
    status, refused = program.patch(f"/organisations/{made['id']}", {"phone": "x", "version": 1})
    assert (status, refused["field"]) == (422, "phone")
    status, rosa = program.post("/persons", {"name": "Rosa", "phone": "964 555 777"})
    assert (status, rosa["phone"]) == (201, "964555777")


def test_half_a_point_is_refused() -> None:
    program = Program("promoter")
    half = {"name": "A", "kind": "ong", "latitude": -12.0}
    status, refused = program.post("/organisations", half)
    assert (status, refused["field"]) == (422, "longitude")
    _, made = program.post("/organisations", {**half, "longitude": -75.2})
    status, refused = program.patch(
        f"/organisations/{made['id']}", {"latitude": None, "version": 1}
    )
    assert (status, refused["field"]) == (422, "latitude")


def test_sizes_of_a_case_and_of_the_population() -> None:
    for workers in (3, 30):
        make_observation(make_organisation(f"Taller {workers}"), date(2016, 5, 1), workers=workers)
    make_observation(make_organisation("Ajena", centre=make_centre("puno")), workers=3)
    program = Program("readonly")
    case = {"workers": 8, "annual_sales": 50_000_000, "on": "2016-05-01"}
    assert len(program.post("/sizes/classify", case)[1]) == 11
    assert program.post("/sizes/classify", {**case, "scheme": "nobody"})[0] == 422
    _, counted = program.get("/sizes/population?scheme=cepal")
    assert counted["total"] == 2
    _, crossed = program.get("/sizes/population?scheme=cepal&against=senai_br&on=2016-05-01")
    assert sum(each["n"] for each in crossed["counts"]) == 2


def test_a_file_is_staged_then_loaded_or_thrown_away() -> None:
    place("120114")
    make_centre()
    program = Program("promoter")

    def send(name: str, content: bytes, **more: str) -> tuple[int, Any]:
        data = {"file": SimpleUploadedFile(name, content), **more}
        answer = Client().post("/api/v1/imports", data, headers=program.headers)
        return answer.status_code, answer.json()

    status, batch = send("clientes.csv", b"id,name,kind\n1,Uno,empresa\n2,,empresa\n")
    assert (status, batch["state"]) == (201, "staged")
    assert (batch["counts"]["created"], batch["counts"]["rejected"]) == (1, 1)
    path = f"/imports/{batch['id']}"
    assert len(program.get(f"{path}/rejects")[1]["items"]) == 1
    status, queued = program.post(f"{path}/load")
    assert (status, queued["state"]) == (202, "queued")
    load(ImportBatch.objects.get(pk=batch["id"]), by=BY)
    assert program.get(path)[1]["state"] == "published"
    assert Organisation.objects.filter(name="Uno").exists()
    assert program.delete(path)[0] == 422
    _, other = send("otro.csv", b"id,name,kind\n9,Nueve,empresa\n")
    assert program.delete(f"/imports/{other['id']}")[1]["state"] == "discarded"
    assert send("foto.csv", b"")[1]["code"] == "unreadable_file"
    assert send("a.csv", b"id,name\n1,A\n", mapping="[1]")[1]["field"] == "mapping"
    assert Program("readonly").get("/imports")[0] == 403


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "/organisations/99999999999999999999999", None),
        ("get", "/organisations/²", None),
        ("get", "/organisations?after=a~²", None),
        ("get", "/organisations?centre=²&limit=1", None),
        ("get", "/organisations?limit=100000", None),
        ("get", "/organisations?q=%00", None),
        ("post", "/organisations", {"name": "a\u0000b", "kind": "empresa"}),
        ("post", "/organisations", {"name": "\ud800", "kind": "empresa"}),
        ("post", "/organisations", {"name": "a", "kind": "empresa", "latitude": float("nan")}),
        ("post", "/organisations", {"name": "a", "kind": "empresa", "latitude": 3}),
        ("post", "/organisations", {"name": "a", "kind": "merged"}),
        ("post", "/organisations", {"name": "a", "kind": "empresa", "status": "merged"}),
        ("post", "/organisations", [1]),
        ("post", "/sizes/classify", {"workers": 2**70}),
        ("post", "/sizes/classify", {"workers": 3, "annual_sales": 1, "currency": ""}),
        ("get", "/sizes/population?scheme=cepal&on=0", None),
    ],
)
def test_odd_input_is_refused_with_a_problem(method: str, path: str, body: Any) -> None:
    status, problem = getattr(Program("promoter"), method)(path, body)
    assert 400 <= status < 500
    assert {"title", "detail", "code"} <= set(problem)


def test_the_list_of_operations_is_a_plain_page() -> None:
    page = Client().get("/api/v1/")
    assert page.status_code == 200
    assert b"/api/v1/organisations" in page.content
    assert b"<script" not in page.content
    assert b"https://" not in page.content


def test_needs_are_codes_of_a_closed_vocabulary() -> None:
    program, organisation = Program("promoter"), make_organisation()
    Term.objects.create(vocabulary="need_codes", code="01", label_es="crédito", label_en="credit")
    path = f"/organisations/{organisation.pk}/attributes"
    status, answer = program.put(f"{path}/need_codes", {"codes": ["99"]})
    assert (status, answer["field"]) == (422, "codes")
    status, _ = program.put(f"{path}/need_codes", {"codes": ["01"], "noted_on": "2026-03-12"})
    assert status == 200
    _, held = program.get(path)
    assert [(one["vocabulary"], one["code"]) for one in held] == [("need_codes", "01")]
    assert program.put(f"{path}/kind", {"codes": []})[0] == 404
    assert Program("promoter", centre="puno").get(path)[0] == 404


def test_activities_are_replaced_as_a_whole() -> None:
    program, organisation = Program("promoter"), make_organisation()
    make_activity("1050")
    path = f"/organisations/{organisation.pk}/activities"
    sent = {"activities": [{"code": "1050", "product_line": "queso"}]}
    status, held = program.put(path, sent)
    assert status == 200
    assert held == [{"code": "1050", "revision": "4", "product_line": "queso", "is_main": True}]
    assert program.put(path, {"activities": [{"code": "9999"}]})[0] == 422
    assert program.get(path)[1] == held


@pytest.mark.parametrize("kind", ["organisations", "persons"])
def test_consent_is_given_and_withdrawn(kind: str) -> None:
    program = Program("promoter")
    about = make_organisation() if kind == "organisations" else make_person()
    path = f"/{kind}/{about.pk}/consents"
    given = {"purpose": "public", "text_version": "2026-1", "given_on": "2026-03-12",
             "channel": "paper"}  # fmt: skip
    status, held = program.post(path, given)
    assert (status, held["withdrawn_on"]) == (201, None)
    early = program.post(f"{path}/{held['id']}/withdrawal", {"on": "2026-01-01"})
    assert (early[0], early[1]["field"]) == (422, "withdrawn_on")
    assert program.post(f"{path}/{held['id']}/withdrawal", {"on": "2026-04-01"})[0] == 200
    assert program.get(path)[1][0]["withdrawn_on"] == "2026-04-01"
    assert Program("promoter", centre="puno").get(path)[0] == 404


def test_a_centre_sees_with_whom_its_file_is_shared_and_others_only_themselves() -> None:
    organisation = make_organisation()
    for code in ("puno", "cusco"):
        make_share(organisation, make_centre(code))
    path = f"/organisations/{organisation.pk}/sharing"
    _, own = Program("promoter").get(path)
    assert (len(own["shares"]), len(own["requests"])) == (2, 2)
    status, theirs = Program("promoter", centre="puno").get(path)
    puno = make_centre("puno").pk
    assert (status, [one["centre"] for one in theirs["shares"]]) == (200, [puno])
    assert [one["centre"] for one in theirs["requests"]] == [puno]


def test_a_program_lists_by_size() -> None:
    small, program = make_organisation("Andina"), Program("promoter")
    make_observation(small, workers=30, annual_sales=2_000_000_00)
    make_organisation("Bodega")
    _, page = program.get("/organisations?size=small")
    assert [one["name"] for one in page["items"]] == ["Andina"]
