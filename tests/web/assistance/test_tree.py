"""The page of a problem tree, by plain forms: everything works without scripts."""

import pytest
from django.test import Client
from tests.factories.assistance_diagnosis import make_case_in_diagnosis, make_tree, node_of
from tests.factories.centres import Cast
from tests.web.conftest import Browse

from yanapay.assistance.actions.tree import change_node
from yanapay.assistance.models import Case, Diagnosis, TreeNode
from yanapay.audit.rules import Actor

pytestmark = pytest.mark.django_db
BY = Actor.operator()


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case_in_diagnosis(centre=cast.huancayo, responsible=cast.ana)


@pytest.fixture
def ana(cast: Cast, browse: Browse) -> Client:
    return browse(cast.ana)


def at(case: Case, path: str = "") -> str:
    return f"/cases/{case.pk}/tree/{path}"


def version(case: Case) -> int:
    return Diagnosis.objects.get(case=case).tree_version


def text(response: object) -> str:
    content: bytes = response.content  # type: ignore[attr-defined]
    return content.decode()


def test_a_tree_begins_with_a_pasted_outline(ana: Client, case: Case) -> None:
    assert "id_causes" in text(ana.get(at(case)))
    outline = {
        "central": "Alta merma",
        "causes": "- Horno viejo\n\t- Sin ahorro *",
        "effects": "Pan caro",
    }
    assert ana.post(at(case, "outline/"), outline).url == at(case)
    page = text(ana.get(at(case)))
    assert page.count("data-box") == 4
    assert page.count('class="outline-line"') == 4
    assert "Con ahorro" in text(ana.get(at(case) + "?view=objectives"))


def test_a_circle_in_the_outline_is_named_and_nothing_typed_is_lost(
    ana: Client, case: Case
) -> None:
    response = ana.post(
        at(case, "outline/"), {"central": "C", "causes": "a\n  b\n    a", "effects": ""}
    )
    assert response.status_code == 422
    assert "«b» → «a» → «b»" in text(response)
    assert "a\n  b\n    a" in text(response)
    assert not TreeNode.objects.exists()


def test_one_line_adds_a_cause_and_waits_for_the_next(ana: Client, case: Case) -> None:
    make_tree(case)
    oven = node_of(case, "Masa mal pesada")
    response = ana.post(
        at(case, "add/"),
        {"under": oven, "side": "cause", "text": "Prisa", "version": version(case)},
    )
    assert response.url == f"{at(case)}?node={oven}&then=cause"
    assert 'data-then="cause"' in text(ana.get(response.url))
    assert TreeNode.objects.get(text="Prisa").role == "cause"


def test_a_problem_is_changed_and_ranked(ana: Client, case: Case) -> None:
    make_tree(case)
    people = node_of(case, "Personal poco capacitado")
    fields = {"text": "Personal nuevo", "is_addressable": "on", "weight": "5", "evidence": "Planilla",
              "version": version(case)}  # fmt: skip
    assert ana.post(at(case, f"{people}/"), fields).status_code == 302
    node = TreeNode.objects.get(pk=people)
    assert (node.text, node.weight, node.is_addressable) == ("Personal nuevo", 5, True)
    assert "Planilla" in text(ana.get(f"{at(case)}?node={people}"))
    assert ana.post(at(case, f"{people}/"), {**fields, "text": ""}).status_code == 422


def test_two_editors_see_each_other(ana: Client, case: Case) -> None:
    make_tree(case)
    seen = version(case)
    people = node_of(case, "Personal poco capacitado")
    change_node(by=BY, case=case, node=people, fields={"evidence": "De Beto"})
    mine = {"text": "Personal nuevo", "weight": "5", "evidence": "De Ana", "version": seen}
    refused = ana.post(at(case, f"{people}/"), mine)
    assert refused.status_code == 409
    assert "De Beto" in text(refused)
    assert "De Ana" in text(refused)
    again = {**mine, "version": version(case)}
    assert ana.post(at(case, f"{people}/"), again).status_code == 302

    line = {"under": people, "side": "cause", "text": "Lo que escribí", "version": seen}
    refused = ana.post(at(case, "add/"), line)
    assert refused.status_code == 409
    assert "Lo que escribí" in text(refused)

    outline = {"central": "Otro", "causes": "Mi causa", "effects": "", "version": seen}
    refused = ana.post(at(case, "outline/"), outline)
    assert refused.status_code == 409
    assert "Mi causa" in text(refused)
    assert "Falta de balanza" in text(refused)
    assert ana.post(at(case, f"{people}/remove/"), {"version": seen}).status_code == 409
    assert TreeNode.objects.filter(pk=people).exists()


def test_moving_linking_and_removing(ana: Client, case: Case) -> None:
    make_tree(case)
    scale, oven = (
        node_of(case, "Falta de balanza"),
        node_of(case, "Temperatura irregular del horno"),
    )
    dough = node_of(case, "Masa mal pesada")

    def post(path: str, **fields: object) -> int:
        return ana.post(at(case, path), {"version": version(case), **fields}).status_code

    assert post(f"{dough}/move/", to="earlier") == 302
    assert post(f"{scale}/hang/", other=oven) == 302
    assert TreeNode.objects.get(pk=scale).effects.count() == 2
    assert post(f"{scale}/hang/", other=oven, take="1") == 302
    assert post(f"{scale}/hang/", other=dough, take="1") == 422, "it would hang on nothing"
    assert post(f"{oven}/hang/", other=oven) == 422
    assert post(f"{dough}/remove/", **{"with": "branch"}) == 302
    assert not TreeNode.objects.filter(pk=scale).exists()
    assert post(f"{scale}/remove/") == 422
    assert post(f"{scale}/hang/", other="x") == 404
    central = Diagnosis.objects.get(case=case).nodes.get(role="central").pk
    assert post(f"{central}/remove/") == 422


def test_a_script_gets_only_the_workbench(ana: Client, case: Case) -> None:
    make_tree(case)
    part = text(ana.get(at(case), headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="tree"')
    restored = ana.get(
        at(case), headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<!doctype html>" in text(restored)
    assert "HX-Request" in restored.headers["Vary"]


def test_common_causes_are_one_click_away(ana: Client, cast: Cast, case: Case) -> None:
    make_tree(make_case_in_diagnosis(centre=cast.huancayo, organisation=case.organisation))
    ana.post(at(case, "outline/"), {"central": "Pan duro", "causes": "", "effects": ""})
    central = Diagnosis.objects.get(case=case).nodes.get().pk
    assert 'value="Falta de balanza"' in text(ana.get(f"{at(case)}?node={central}"))


def test_who_may_not_edit_reads_the_tree_without_forms(
    cast: Cast, browse: Browse, case: Case
) -> None:
    make_tree(case)
    Case.objects.filter(pk=case.pk).update(state="abandoned")
    page = text(browse(cast.ana).get(f"{at(case)}?node={node_of(case, 'Falta de balanza')}"))
    assert "data-box" in page
    assert "data-add" not in page
    assert browse(cast.ana).post(at(case, "add/"), {"text": "x"}).status_code == 403
    assert browse(cast.carla).post(at(case, "add/"), {"text": "x"}).status_code == 404
    assert browse(cast.ana).get(at(case, "add/")).status_code == 405


@pytest.mark.parametrize(
    "query", ["?node=999999", "?node=x", "?node=²", "?view=nothing", "?then=<x>"]
)
def test_strange_addresses_show_the_tree(ana: Client, case: Case, query: str) -> None:
    make_tree(case)
    assert ana.get(at(case) + query).status_code == 200
