"""The pages of a plan: written, offered, accepted, paid; nobody else's; nothing typed is lost."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.assistance_plans import (
    OVEN,
    in_proposal,
    make_accepted,
    make_offer,
    make_plan,
    make_receipt,
    share_of,
)
from tests.factories.directory import BY, make_centre, make_user
from tests.web.conftest import Browse

from yanapay.assistance.actions.plans import change_plan, new_version, offer_plan
from yanapay.assistance.models import Case, Plan

pytestmark = pytest.mark.django_db
TYPED = {
    "objective": "Menos merma", "starts_on": "2026-04-01", "ends_on": "2026-06-30", "valid_until": "2030-04-30",
    "currency": "PEN", "pricing": "markup", "markup": "10", "price": "",
    "actions-TOTAL_FORMS": "2", "actions-INITIAL_FORMS": "0",
    "actions-0-objective": "Horno regular", "actions-0-action": "Medir cada tanda", "actions-0-result": "",
    "actions-1-objective": "", "actions-1-action": "", "actions-1-result": "",
    "indicators-TOTAL_FORMS": "1", "indicators-INITIAL_FORMS": "0",
    "indicators-0-name": "Merma", "indicators-0-unit": "%", "indicators-0-direction": "down",
    "indicators-0-baseline": "18,5", "indicators-0-target": "8", "indicators-0-due_on": "2026-08-31",
    "indicators-0-method": "Pesada",
    "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0",
    "lines-0-type": "specialist", "lines-0-description": "Especialista", "lines-0-quantity": "2,5",
    "lines-0-unit": "días", "lines-0-unit_cost": "300.00",
    "shares-TOTAL_FORMS": "2", "shares-INITIAL_FORMS": "0",
    "shares-0-payer": "enterprise", "shares-0-source": "", "shares-0-by": "percent", "shares-0-value": "30 %",
    "shares-1-payer": "voucher", "shares-1-source": "Bono", "shares-1-by": "rest", "shares-1-value": "",
}  # fmt: skip


def staff(browse: Browse, case: Case) -> Client:
    """Whoever answers for the case, reading in English."""
    case.responsible.language = "en"
    case.responsible.save()
    return browse(case.responsible)


def to(name: str, plan: Plan) -> str:
    return reverse(f"assistance:{name}", args=[plan.case_id, plan.number])


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_plan_is_written_on_one_page(browse: Browse) -> None:
    case = in_proposal()
    client, address = staff(browse, case), reverse("assistance:plan_new", args=[case.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, TYPED).status_code == 302
    plan = case.plans.get()
    assert (plan.cost, plan.price, plan.actions.count()) == (75_000, 82_500, 1)
    assert plan.indicators.get().baseline == 18_500
    assert {s.payer: s.amount for s in plan.shares.all()} == {
        "enterprise": 24_750,
        "voucher": 57_750,
    }
    again = text_of(client.get(to("plan_edit", plan)))
    assert 'value="18.5"' in again
    assert 'value="30"' in again


def test_a_row_is_added_and_sums_are_told_without_saving(browse: Browse) -> None:
    case = in_proposal()
    client, address = staff(browse, case), reverse("assistance:plan_new", args=[case.pk])
    more = text_of(client.post(address, {**TYPED, "add": "lines"}))
    assert 'name="lines-1-description"' in more
    assert "Medir cada tanda" in more
    sums = text_of(client.post(address, {**TYPED, "calculate": "1"}))
    assert "825" in sums
    assert not case.plans.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"shares-1-by": "amount", "shares-1-value": "100"}, "is paid by nobody"),
        ({"shares-0-value": "130"}, "more than 100 %"),
        ({"lines-0-unit_cost": "US$ 300"}, "in another currency"),
        ({"lines-0-unit_cost": "mucho"}, "is not an amount of money"),
        ({"lines-0-quantity": "dos"}, "Write a number"),
        ({"ends_on": "2026-03-01"}, "cannot end before"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    browse: Browse, wrong: dict[str, str], sentence: str
) -> None:
    case = in_proposal()
    address = reverse("assistance:plan_new", args=[case.pk])
    response = staff(browse, case).post(address, {**TYPED, **wrong})
    assert response.status_code == 422
    page = text_of(response)
    assert sentence in page
    assert "Medir cada tanda" in page
    assert not case.plans.exists()


def test_the_second_editor_keeps_what_was_typed_and_sees_the_difference(browse: Browse) -> None:
    plan = make_plan()
    client = staff(browse, plan.case)
    change_plan(by=BY, plan=plan, draft=replace(OVEN, objective="Lo que guardó Ana"))
    response = client.post(to("plan_edit", plan), {**TYPED, "version": "1"})
    page = text_of(response)
    assert response.status_code == 409
    assert "Lo que guardó Ana" in page
    assert "Medir cada tanda" in page
    assert 'name="version" value="2"' in page
    assert client.post(to("plan_edit", plan), {**TYPED, "version": "2"}).status_code == 302
    plan.refresh_from_db()
    assert plan.objective == "Menos merma"


def test_it_is_offered_and_accepted_on_screen(browse: Browse) -> None:
    plan = make_plan(valid_until="2030-01-01")
    client = staff(browse, plan.case)
    assert (
        client.post(to("plan_offer", plan), {"on": "2026-03-12", "version": "1"}).status_code == 302
    )
    signed = {"name": "Rosa Quispe", "on": "2026-03-16", "how": "screen", "drawn": ""}
    assert client.post(to("plan_accept", plan), signed).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.signature) == ("accepted", "screen")


def test_an_older_version_is_not_accepted(browse: Browse) -> None:
    first = make_offer()
    offer_plan(by=BY, plan=new_version(by=BY, plan=first), on=first.offered_on)
    signed = {"name": "Rosa", "on": "2026-03-16", "how": "screen"}
    response = staff(browse, first.case).post(to("plan_accept", first), signed)
    assert response.status_code == 422
    assert "A newer version of this plan was offered" in text_of(response)


def test_a_code_is_shown_once_and_read_back(browse: Browse) -> None:
    plan = make_offer()
    client = staff(browse, plan.case)
    page = client.post(to("plan_code", plan))
    digits = page.context["code"]
    signed = {"name": "Rosa", "on": "2026-03-16", "how": "code"}
    wrong = "000000" if digits != "000000" else "111111"
    assert client.post(to("plan_accept", plan), {**signed, "code": wrong}).status_code == 422
    plan.refresh_from_db()
    assert plan.code_tries == 1
    assert client.post(to("plan_accept", plan), {**signed, "code": digits}).status_code == 302


def test_two_versions_stand_side_by_side(browse: Browse) -> None:
    first = make_offer()
    second = new_version(by=BY, plan=first)
    change_plan(by=BY, plan=second, draft=replace(OVEN, lines=OVEN.lines[:1]))
    page = text_of(staff(browse, first.case).get(to("plan", second)))
    assert "Viajes" in page
    case_page = text_of(
        staff(browse, first.case).get(reverse("assistance:case", args=[first.case_id]))
    )
    assert to("plan_edit", second) in case_page


def test_a_receipt_is_noted_and_voided(browse: Browse) -> None:
    plan = make_accepted()
    client = staff(browse, plan.case)
    address = reverse("assistance:payment_new", args=[plan.case_id, share_of(plan).pk])
    typed = {"on": "2026-03-20", "amount": "100,50", "payer_name": "Lácteos", "number": ""}
    too_much = client.post(address, {**typed, "amount": "1000"})
    assert "still owed" in text_of(too_much)
    assert client.post(address, typed).status_code == 302
    receipt = plan.case.payments.get()
    assert receipt.amount == 10_050
    void = reverse("assistance:payment_void", args=[plan.case_id, receipt.pk])
    assert client.post(void, {"on": "2026-03-21", "reason": "Error"}).status_code == 302
    assert "Error" in text_of(client.get(reverse("assistance:case", args=[plan.case_id])))


def test_nobody_of_another_centre_sees_or_decides(browse: Browse) -> None:
    plan = make_accepted()
    receipt = make_receipt(share_of(plan))
    other = browse(make_user(centre=make_centre("lima")))
    names = ("plan", "plan_edit", "plan_offer", "plan_accept", "plan_refuse", "plan_signature")
    assert {other.get(to(name, plan)).status_code for name in names} == {404}
    assert {
        other.post(to(n, plan)).status_code for n in ("plan_version", "plan_discard", "plan_code")
    } == {404}
    void = reverse("assistance:payment_void", args=[plan.case_id, receipt.pk])
    assert other.get(void).status_code == 404


def test_post_only_pages_write_nothing_on_get(browse: Browse) -> None:
    plan = make_plan()
    client = staff(browse, plan.case)
    assert client.get(to("plan_discard", plan)).status_code == 405
    offered = make_offer()
    refused = staff(browse, offered.case).post(to("plan_discard", offered))
    assert refused.status_code == 302
    assert Plan.objects.filter(pk=offered.pk).exists()
