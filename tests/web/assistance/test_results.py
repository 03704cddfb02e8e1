"""The pages of results: a round noted, confirmed, followed; the list of whom to visit again."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.assistance_results import finished, make_evaluation, make_round
from tests.factories.directory import make_centre, make_user
from tests.web.conftest import Browse

from yanapay.assistance.models import Evaluation

pytestmark = pytest.mark.django_db


def to(name: str, evaluation: Evaluation) -> str:
    return reverse(f"assistance:{name}", args=[evaluation.case_id, evaluation.pk])


def typed(evaluation: Evaluation, *values: str) -> dict[str, Any]:
    keys = evaluation.case.plans.get(state="accepted").indicators.values_list("pk", flat=True)
    return {
        "version": evaluation.version, "on": "2026-08-12", "satisfaction": "4", "attribution": "70",
        "effect": "Menos pan quemado", "remaining": "Amasador", "workers": "7", "has_brand": "yes",
        "has_sanitary": "", **{f"indicator-{key}": value for key, value in zip(keys, values, strict=False)},
    }  # fmt: skip


def test_a_round_is_noted_beside_baseline_and_target(browse: Browse) -> None:
    evaluation = make_round()
    client = browse(evaluation.case.responsible)
    page = client.get(to("evaluation", evaluation)).content.decode()
    assert "18 %" in page
    assert (
        client.post(to("evaluation", evaluation), typed(evaluation, "9", "160,5")).status_code
        == 302
    )
    evaluation.refresh_from_db()
    assert evaluation.answers == {"has_brand": True}
    assert sorted(evaluation.measurements.values_list("value", flat=True)) == [9_000, 160_500]
    shown = client.get(reverse("assistance:case", args=[evaluation.case_id])).content.decode()
    assert "before-after" in shown


def test_the_second_editor_sees_the_difference(browse: Browse) -> None:
    evaluation = make_round()
    data = typed(evaluation, "9", "160")
    make_evaluation(evaluation, effect="Lo que escribió Ana")
    response = browse(evaluation.case.responsible).post(to("evaluation", evaluation), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Lo que escribió Ana" in page
    assert "Menos pan quemado" in page


def test_there_is_none_before_the_end(browse: Browse) -> None:
    evaluation = make_round()
    case = evaluation.case
    type(case).objects.filter(pk=case.pk).update(stage=5)
    case.responsible.language = "en"
    case.responsible.save()
    response = browse(case.responsible).post(
        to("evaluation", evaluation), typed(evaluation, "9", "160")
    )
    assert response.status_code == 422
    assert "no evaluation before the end of the work" in response.content.decode()


def test_the_client_confirms_and_what_remains_becomes_a_case(browse: Browse) -> None:
    evaluation = make_evaluation()
    client = browse(evaluation.case.responsible)
    word = {"name": "Rosa", "on": "2026-08-12", "how": "screen", "attribution": "60"}
    assert client.get(to("evaluation_confirm", evaluation)).status_code == 200
    assert client.post(to("evaluation_confirm", evaluation), word).status_code == 302
    follow = {"title": "Amasador", "on": "2026-08-13"}
    assert client.get(to("evaluation_follow_up", evaluation)).status_code == 200
    assert client.post(to("evaluation_follow_up", evaluation), follow).status_code == 302
    assert evaluation.case.following.get().title == "Amasador"


def test_due_rounds_are_listed_and_filtered(browse: Browse) -> None:
    evaluation = make_round(finished())
    address = reverse("assistance:evaluations_due")
    mine = browse(evaluation.case.responsible)
    assert to("evaluation", evaluation) in mine.get(address).content.decode()
    assert to("evaluation", evaluation) not in mine.get(address, {"round": "6m"}).content.decode()
    colleague = browse(make_user(centre=evaluation.case.centre))
    assert (
        to("evaluation", evaluation)
        not in colleague.get(address, {"whose": "mine"}).content.decode()
    )
    other = browse(make_user(centre=make_centre("lima")))
    assert to("evaluation", evaluation) not in other.get(address).content.decode()
    names = ("evaluation", "evaluation_confirm", "evaluation_signature", "evaluation_follow_up")
    assert {other.get(to(name, evaluation)).status_code for name in names} == {404}
