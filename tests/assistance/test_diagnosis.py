"""Writing a diagnosis and growing its tree."""

from datetime import date

import pytest
from tests.factories.assistance import make_case
from tests.factories.assistance_diagnosis import (
    ANSWERS,
    OVEN,
    make_case_in_diagnosis,
    make_diagnosis,
    make_tree,
    node_of,
)
from tests.factories.directory import BY, make_centre, make_observation, make_organisation

from yanapay.assistance.actions.cases import move_case
from yanapay.assistance.actions.diagnosis import write_diagnosis
from yanapay.assistance.actions.tree import (
    add_node,
    change_node,
    link,
    move_node,
    remove_node,
    save_tree,
    unlink,
)
from yanapay.assistance.exchange.tree_svg import draw, tree_svg
from yanapay.assistance.models import Case, TreeEdge
from yanapay.assistance.queries.diagnosis import (
    common_causes,
    diagnosis_of,
    diagnosis_sheet,
    neighbours,
    objectives_of,
    ranked_causes,
    result_of,
    tree_of_case,
)
from yanapay.assistance.queries.gates import facts_of
from yanapay.assistance.rules.questionnaire import CURRENT, check_answers, load, score
from yanapay.assistance.rules.tree.outline import Outline, write_outline
from yanapay.audit.models import Event
from yanapay.kernel.errors import EditConflict, NotFound, RuleBroken

pytestmark = pytest.mark.django_db
VISIT = date(2026, 3, 5)


def texts(case: Case) -> set[str]:
    return {node.text for node in tree_of_case(case).nodes}


def test_the_questionnaire_is_complete_in_both_languages() -> None:
    for language in ("es", "en"):
        asked = load(CURRENT, language)
        assert [len(area.questions) for area in asked.areas] == [8, 8, 8]
        every = [one for area in asked.areas for one in area.questions]
        assert all(one.text and len(one.levels) == 5 and all(one.levels) for one in every)
        assert len({one.code for one in every}) == 24


def test_what_was_not_answered_counts_in_neither_part() -> None:
    result = score(load(CURRENT, "es"), ANSWERS)
    assert [(area.got, area.of, len(area.missing)) for area in result.areas] == [
        (3, 12, 5), (3, 4, 7), (4, 4, 7),
    ]  # fmt: skip
    with pytest.raises(RuleBroken, match="between 0 and 4"):
        check_answers(load(CURRENT, "es"), {"p1": 5})
    with pytest.raises(RuleBroken, match="no question"):
        check_answers(load(CURRENT, "es"), {"zz": 1})


def test_a_diagnosis_brings_new_figures_to_the_directory() -> None:
    case = make_case_in_diagnosis()
    diagnosis = make_diagnosis(case, figures={"workers": 4}, conclusions="Rosa no pesa la masa.")
    assert diagnosis.baseline is not None
    assert (diagnosis.baseline.observed_on, diagnosis.baseline.workers) == (VISIT, 4)
    assert facts_of(case).has_baseline
    event = Event.objects.about("case", case.pk).get(action="assistance.diagnosis_written")
    assert "Rosa" not in str(event.changes)


def test_a_baseline_is_of_the_same_enterprise() -> None:
    case = make_case_in_diagnosis()
    foreign = make_observation(make_organisation("Otra", case.centre))
    with pytest.raises(RuleBroken, match="another enterprise"):
        make_diagnosis(case, baseline=foreign)
    own = make_observation(case.organisation)
    assert make_diagnosis(case, baseline=own).baseline == own


def test_a_day_before_the_founding_is_refused() -> None:
    young = make_organisation("Nueva", make_centre(), start_date=date(2026, 3, 1))
    with pytest.raises(RuleBroken, match="founded"):
        make_diagnosis(make_case_in_diagnosis(organisation=young), on=date(2026, 2, 1))


def test_the_second_writer_is_told() -> None:
    case = make_case_in_diagnosis()
    seen = make_diagnosis(case).version
    make_diagnosis(case, version=seen)
    with pytest.raises(EditConflict):
        write_diagnosis(by=BY, case=case, on=VISIT, answers={}, version=seen)


def test_a_tree_grows_problem_by_problem() -> None:
    case = make_case_in_diagnosis()
    central = add_node(by=BY, case=case, fields={"text": "  Alta  merma "})
    cause = add_node(by=BY, case=case, fields={"text": "Horno viejo"}, under=central.pk)
    root = add_node(by=BY, case=case, under=cause.pk,
                    fields={"text": "Sin capital", "is_addressable": True, "weight": 5})  # fmt: skip
    effect = add_node(
        by=BY, case=case, fields={"text": "Pan caro"}, under=central.pk, side="effect"
    )
    assert (central.text, cause.role, root.role, effect.role) == (
        "Alta merma", "cause", "cause", "effect",
    )  # fmt: skip
    assert [one.node.key for one in ranked_causes(case)] == [root.pk]
    with pytest.raises(RuleBroken, match="one central problem"):
        add_node(by=BY, case=case, fields={"text": "Otro"})
    assert "Horno" not in str([event.changes for event in Event.objects.about("case", case.pk)])


def test_links_are_made_and_taken_back_without_loops_or_orphans() -> None:
    case = make_tree().case
    oven, scale = (
        node_of(case, "Temperatura irregular del horno"),
        node_of(case, "Falta de balanza"),
    )
    dough = node_of(case, "Masa mal pesada")
    link(by=BY, case=case, cause=scale, effect=oven)
    with pytest.raises(RuleBroken, match="circle"):
        link(by=BY, case=case, cause=oven, effect=scale)
    unlink(by=BY, case=case, cause=scale, effect=dough)
    with pytest.raises(RuleBroken, match="hang on nothing"):
        unlink(by=BY, case=case, cause=scale, effect=oven)
    assert TreeEdge.objects.filter(cause=scale).count() == 1


def test_removing_keeps_or_takes_what_hangs_on_it() -> None:
    case = make_tree().case
    remove_node(by=BY, case=case, node=node_of(case, "Temperatura irregular del horno"))
    tree = tree_of_case(case)
    assert tree.central is not None
    assert (node_of(case, "Falta de mantenimiento"), tree.central.key) in tree.edges
    remove_node(by=BY, case=case, node=node_of(case, "Masa mal pesada"), branch=True)
    assert "Falta de balanza" not in texts(case)
    with pytest.raises(NotFound):
        remove_node(by=BY, case=case, node=10**6)


def test_siblings_change_places() -> None:
    case = make_tree().case
    dough = node_of(case, "Masa mal pesada")
    move_node(by=BY, case=case, node=dough, steps=-1)
    assert write_outline(tree_of_case(case)).causes.startswith(
        "Masa mal pesada\n    Falta de balanza *"
    )
    before = make_tree_version(case)
    move_node(by=BY, case=case, node=dough, steps=-1)
    assert make_tree_version(case) == before, "at the end nothing happens"


def make_tree_version(case: Case) -> int:
    diagnosis = diagnosis_of(case)
    assert diagnosis is not None
    return diagnosis.tree_version


def test_a_saved_outline_keeps_what_is_known_of_a_problem() -> None:
    case = make_tree().case
    scale = node_of(case, "Falta de balanza")
    change_node(
        by=BY, case=case, node=scale, fields={"evidence": "Visto el 5 de marzo", "weight": 5}
    )
    save_tree(by=BY, case=case, outline=Outline("Mucha merma", "falta de balanza *\nOtra cosa"))
    tree = tree_of_case(case)
    assert len(tree.nodes) == 3
    assert tree.by_key[scale].evidence == "Visto el 5 de marzo"
    assert (tree.by_key[scale].weight, tree.by_key[scale].text) == (5, "falta de balanza")


def test_two_editors_of_one_tree() -> None:
    case = make_tree().case
    seen = make_tree_version(case)
    change_node(
        by=BY, case=case, node=node_of(case, "Costos altos"), fields={"weight": 1}, version=seen
    )
    with pytest.raises(EditConflict):
        save_tree(by=BY, case=case, outline=OVEN, version=seen)
    with pytest.raises(EditConflict):
        add_node(
            by=BY,
            case=case,
            fields={"text": "x"},
            under=node_of(case, "Costos altos"),
            version=seen,
        )


def test_a_tree_of_a_case_that_ended_is_read_only() -> None:
    case = make_tree().case
    move_case(by=BY, case=case, move="abandon", on=date(2026, 3, 12), reason="Cerró")
    with pytest.raises(RuleBroken, match="ended"):
        add_node(by=BY, case=case, fields={"text": "x"}, under=node_of(case, "Costos altos"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "Write the problem"),
        ({"text": "x" * 201}, "at most"),
        ({"weight": 6}, "weight"),
    ],
)
def test_a_problem_that_says_nothing_is_refused(fields: dict[str, object], said: str) -> None:
    case = make_tree().case
    with pytest.raises(RuleBroken, match=said):
        change_node(by=BY, case=case, node=node_of(case, "Costos altos"), fields=fields)


def test_the_picture_says_in_shape_what_it_says_in_colour_and_escapes() -> None:
    case = make_tree().case
    change_node(by=BY, case=case, node=node_of(case, "Costos altos"),
                fields={"text": "Costos <altos> & más", "evidence": "Libro de caja"})  # fmt: skip
    picture = tree_svg(case)
    assert "&lt;altos&gt;" in picture
    assert picture.count("<circle") == 2, "one disc for each cause that can be addressed"
    assert "var(" not in picture
    assert "suficiente" not in picture
    assert "Mantenimiento" in tree_svg(case, "objectives")
    assert "suficiente" in tree_svg(case, "objectives")
    assert tree_svg(make_case_in_diagnosis(organisation=make_organisation("Sin árbol"))) == ""
    linked = draw(tree_of_case(case), link=lambda key: {"href": f"?node={key}"}, chosen=None)
    assert linked.count("<a ") == 9


def test_every_problem_of_a_tree_has_an_objective() -> None:
    wishes = objectives_of(tree_of_case(make_tree().case))
    assert all(wish.text for wish in wishes.values())
    assert {wish.source for wish in wishes.values()} <= {"derived", "asked", "written"}


def test_diagnoses_of_one_enterprise_are_compared() -> None:
    first = make_case_in_diagnosis()
    make_diagnosis(first, on=date(2025, 3, 5))
    second = make_case_in_diagnosis(organisation=first.organisation, on=date(2026, 3, 2))
    make_diagnosis(second, answers={**ANSWERS, "p2": 4})
    before, after = neighbours(second)
    assert before is not None
    assert after is None
    assert [one.points for one in before.differences] == [33, 0, 0]
    _, later = neighbours(first)
    assert later is not None
    assert later.diagnosis.case == second


def test_common_causes_come_from_the_same_branch_of_the_same_centre() -> None:
    make_tree()
    make_tree(make_case_in_diagnosis(organisation=make_organisation("Dos")),
              Outline("Pan duro", "Falta de balanza\nHarina vieja"))  # fmt: skip
    elsewhere = make_centre("lima")
    make_tree(make_case_in_diagnosis(organisation=make_organisation("Tres", elsewhere), centre=elsewhere),
              Outline("Pan duro", "Secreto de otro centro"))  # fmt: skip
    case = make_case(make_organisation("Cuatro"))
    offered = common_causes(case, tree_of_case(case))
    assert offered[0] == ("Falta de balanza", 2)
    assert "Secreto de otro centro" not in dict(offered)
    make_tree(case, Outline("Merma", "falta de balanza"))
    assert "Falta de balanza" not in dict(common_causes(case, tree_of_case(case)))


def test_the_printed_sheet_is_plain_and_works_before_anything_is_written() -> None:
    case = make_case_in_diagnosis()
    empty = diagnosis_sheet(case)
    assert [len(area["questions"]) for area in empty["areas"]] == [8, 8, 8]
    assert empty["areas"][0]["score"] is None
    make_diagnosis(case)
    assert diagnosis_sheet(case)["areas"][0]["score"] == (3, 12)
    assert result_of(diagnosis_of(case)) is not None
