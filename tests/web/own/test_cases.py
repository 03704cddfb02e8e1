"""An entrepreneur sees the assistance to her own enterprise, decides and confirms; nobody else's."""

from typing import Any

import pytest
from django.test import Client
from tests.factories.assistance import make_case
from tests.factories.assistance_plans import in_proposal, make_offer, make_plan
from tests.factories.assistance_results import make_evaluation, make_round
from tests.factories.centres import Cast, make_member
from tests.factories.directory import BY, make_organisation, make_person
from tests.web.conftest import Browse

from yanapay.assistance.actions.plans import new_version
from yanapay.assistance.models import Case, Plan
from yanapay.directory.actions.persons import add_role, link_account
from yanapay.directory.models import Organisation, Person


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def rosa(cast: Cast) -> Person:
    """She owns Lácteos Rosa and signs in."""
    person = make_person("Rosa Quispe", centre=cast.huancayo)
    enterprise = make_organisation("Lácteos Rosa", centre=cast.huancayo)
    add_role(by=BY, person=person, organisation=enterprise, role="owner")
    user = make_member("rosa", "entrepreneur", cast.huancayo, "Rosa Quispe")
    link_account(by=BY, person=person, user=user)
    return person


@pytest.fixture
def her(rosa: Person, browse: Browse) -> Client:
    return browse(rosa.account.user)


def offered_to(rosa: Person, **fields: Any) -> Plan:
    return make_offer(
        in_proposal(organisation=Organisation.objects.get(people__person=rosa)), **fields
    )


def test_she_sees_her_plan_with_what_she_pays_and_accepts_it(rosa: Person, her: Client) -> None:
    plan = offered_to(rosa, valid_until="2099-01-01")
    assert plan.case.title in text(her.get("/mine/cases/"))
    page = text(her.get(f"/mine/cases/{plan.case_id}/"))
    assert "264" in page
    assert "Mantener el horno" in page
    accept = f"/mine/cases/{plan.case_id}/plans/1/accept/"
    assert her.post(accept, {"sure": ""}).status_code == 422
    assert her.post(accept, {"sure": "on"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.signature, plan.decided_by_name) == (
        "accepted",
        "account",
        "Rosa Quispe",
    )


def test_she_refuses_and_says_why(rosa: Person, her: Client) -> None:
    plan = offered_to(rosa, valid_until="2099-01-01")
    refuse = f"/mine/cases/{plan.case_id}/plans/1/refuse/"
    assert her.post(refuse, {"reason": ""}).status_code == 422
    assert her.post(refuse, {"reason": "Muy caro"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.refusal_reason) == ("refused", "Muy caro")


def test_a_draft_is_not_shown_to_her(rosa: Person, her: Client) -> None:
    plan = make_plan(in_proposal(organisation=Organisation.objects.get(people__person=rosa)))
    assert "Mantener el horno" not in text(her.get(f"/mine/cases/{plan.case_id}/"))
    assert her.get(f"/mine/cases/{plan.case_id}/plans/1/accept/").status_code == 404
    offered = offered_to(rosa)
    new_version(by=BY, plan=offered)
    assert her.get(f"/mine/cases/{offered.case_id}/plans/2/accept/").status_code == 404


def test_she_confirms_what_changed(rosa: Person, her: Client) -> None:
    evaluation = make_evaluation(make_round())
    organisation = Organisation.objects.get(people__person=rosa)
    Case.objects.filter(pk=evaluation.case_id).update(organisation=organisation)
    assert "before-after" in text(her.get(f"/mine/cases/{evaluation.case_id}/"))
    confirm = f"/mine/cases/{evaluation.case_id}/evaluations/{evaluation.pk}/"
    assert her.get(confirm).status_code == 200
    assert her.post(confirm, {"attribution": "55"}).status_code == 302
    evaluation.refresh_from_db()
    assert (evaluation.attribution, evaluation.confirmed_how) == (55, "account")


def test_nobody_elses(rosa: Person, her: Client, cast: Cast, browse: Browse) -> None:
    other = make_offer(in_proposal(organisation=make_organisation("Otra", centre=cast.huancayo)))
    paths = ("", "plans/1/accept/", "plans/1/refuse/", "evaluations/1/")
    assert {her.get(f"/mine/cases/{other.case_id}/{path}").status_code for path in paths} == {404}
    assert her.get(f"/cases/{other.case_id}/").status_code in (403, 404)
    assert browse(cast.ana).get("/mine/cases/").status_code == 404


def test_a_role_that_ended_shows_nothing_any_more(rosa: Person, her: Client) -> None:
    case = make_case(Organisation.objects.get(people__person=rosa))
    assert her.get(f"/mine/cases/{case.pk}/").status_code == 200
    rosa.roles.update(until="2026-01-01")
    assert her.get(f"/mine/cases/{case.pk}/").status_code == 404
