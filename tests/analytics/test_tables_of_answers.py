"""Tables of answers to a form: any question, by any other, by place, and what the public sees of them."""

from typing import Any

import pytest
from tests.analytics.reading import bases, numbers
from tests.factories.directory import BY, make_area, make_centre, make_scope
from tests.factories.surveys_tables import answer, asked, make_form, make_version

from yanapay.analytics.exchange.table_page import table_page
from yanapay.analytics.queries.forms import NOT_CODED_YET
from yanapay.analytics.queries.readings import OUTLINES
from yanapay.analytics.queries.tables import table
from yanapay.analytics.rules.tables import HIDDEN, Table
from yanapay.centres.queries import OPERATOR
from yanapay.directory.actions.attributes import load_terms
from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.places.models import Area
from yanapay.surveys.choices import Review
from yanapay.surveys.models import Coding, Instrument, Submission, Version

pytestmark = pytest.mark.django_db


def test_a_question_by_another_with_base_and_missing() -> None:
    form = make_form()
    answer(form, {"statutes": "si", "lines": ["agua", "luz"]})
    answer(form, {"statutes": "si", "lines": ["agua"]})
    answer(form, {"statutes": "no", "lines": []})
    answer(form, {"lines": ["luz"]})
    answer(form, {"statutes": "no", "lines": ["luz"]}, review=Review.REJECTED)
    found = table("ferias.lines", "statutes", scope=OPERATOR)
    assert numbers(found) == {("si", "agua"): 2, ("si", "luz"): 1, ("", "luz"): 1}
    assert bases(found) == {"si": (2, 0), "no": (0, 1), "": (1, 0)}
    assert (found.base, found.missing) == (3, 1)
    assert [group.label for group in found.tab.groups] == ["Sí", "No", ""]


def test_a_group_of_several_answers_counts_each_answer_once_in_all() -> None:
    form = make_form()
    answer(form, {"statutes": "si", "lines": ["agua", "luz"]})
    found = table("ferias.statutes", "lines", scope=OPERATOR)
    assert numbers(found) == {("agua", "si"): 1, ("luz", "si"): 1}
    assert (found.base, [row.n for row in found.tab.totals]) == (1, [1])


def test_turns_of_a_repeat_by_a_question_of_the_form() -> None:
    form = make_form()
    turns = {"worker": [{"worker_paid": "si"}, {"worker_paid": "no"}, {}]}
    answer(form, {"statutes": "si"}, turns=turns)
    found = table("ferias.worker_paid", "statutes", scope=OPERATOR)
    assert numbers(found) == {("si", "si"): 1, ("si", "no"): 1}
    assert (found.base, found.missing) == (2, 1)
    with pytest.raises(RuleBroken):
        table("ferias.statutes", "worker_paid", scope=OPERATOR)


def test_codes_that_look_like_numbers_stay_codes() -> None:
    form = make_form()
    answer(form, {"statutes": "01"})
    answer(form, {"statutes": "1.50"})
    answer(form, {"statutes": "true"})
    assert numbers(table("ferias.statutes", scope=OPERATOR)) == {
        ("", "01"): 1, ("", "1.50"): 1, ("", "true"): 1,
    }  # fmt: skip


def test_answers_by_the_department_of_their_place() -> None:
    make_area("PE/12/1201/120114")
    form = make_form()
    answer(form, {"statutes": "si", "district": "120114"})
    answer(form, {"statutes": "si", "district": "999999"})
    found = table("ferias.statutes", "department", scope=OPERATOR)
    assert numbers(found) == {("12", "si"): 1, ("", "si"): 1}


def test_a_choice_that_a_new_version_dropped_keeps_its_label() -> None:
    form = make_form()
    answer(form, {"statutes": "no"})
    make_version(form, "2", choices={"yes_no": [{"code": "si", "labels": {"es": "Sí, tiene"}}]})
    answer(form, {"statutes": "si"})
    rows = table("ferias.statutes", scope=OPERATOR).rows
    assert [row.label for row in rows] == ["Sí, tiene", "No"]


def test_no_table_of_personal_data() -> None:
    answer(make_form(), {"phone": "999"})
    with pytest.raises(RuleBroken):
        table("ferias.phone", scope=OPERATOR)
    with pytest.raises(NotFound):
        table("ferias.nothing", scope=OPERATOR)


def test_words_that_nobody_coded_were_answered_or_not() -> None:
    form = make_form()
    answer(form, {"aims": "Vender", "statutes": "si"})
    answer(form, {"statutes": "si"})
    found = table("ferias.aims", "statutes", scope=OPERATOR)
    assert numbers(found) == {("si", "answered"): 1, ("si", "blank"): 1}
    assert (found.base, found.missing, NOT_CODED_YET in found.notes) == (2, 0, True)
    assert numbers(table("ferias.statutes", "aims", scope=OPERATOR)) == {
        ("answered", "si"): 1, ("blank", "si"): 1,
    }  # fmt: skip


def measured(kind: str, *told: str, **more: str) -> Table:
    """A question of some type as these answers tell it."""
    form = make_form("measures", schema=[asked("told", kind), asked("kind", "select_one")])
    for text in told:
        answer(form, {"told": text, **more} if text else {})
    return table("measures.told", scope=OPERATOR)


def test_numbers_have_classes_and_are_summed_up() -> None:
    found = measured("decimal", "0.5", "1.25", "2", "2.75", "10", "many", "")
    assert numbers(found) == {("", "0_2"): 2, ("", "2_4"): 2, ("", "10_12"): 1}
    assert (found.base, found.missing, found.rows[0].rank) == (5, 2, None)
    assert found.details["summaries"][0] == {
        "group": None, "n": 5, "min": 0.5, "median": 2.0, "mean": 3.3, "max": 10.0,
    }  # fmt: skip


def test_classes_of_whole_numbers_name_the_last_one() -> None:
    found = measured("integer", *map(str, range(1, 40)))
    assert [row.label for row in found.rows][:2] == ["0\N{EN DASH}4", "5\N{EN DASH}9"]


def test_few_whole_numbers_are_counted_one_by_one_in_their_order() -> None:
    found = measured("integer", "12", "3", "12")
    assert [(row.code, row.label, row.n) for row in found.rows] == [("3", "3", 1), ("12", "12", 2)]


def test_days_are_counted_by_month_and_hours_by_the_clock() -> None:
    days = measured("date", "2026-03-09", "2026-01-31", "2026-03-10")
    assert [(row.code, row.n) for row in days.rows] == [("2026-01", 1), ("2026-03", 2)]
    Submission.objects.all().delete()
    Version.objects.all().update(schema=[asked("told", "time")])
    answer(Instrument.objects.get(), {"told": "08:45:00.000-05:00"})
    hours = table("measures.told", scope=OPERATOR)
    assert [(row.code, row.n) for row in hours.rows] == [("08", 1)]


def test_points_are_counted_by_the_department_around_them() -> None:
    make_area("PE/12", "Junín")
    Area.objects.filter(code="12").update(iso_code="PE-JUN")
    found = measured("geopoint", "-11.8 -75.2 3200 5", "-11.81 -75.2 0 0", "48.8 2.3 0 0", "here")
    assert numbers(found) == {("", "12"): 2, ("", "outside"): 1}
    assert (found.rows[0].label, found.missing, OUTLINES in found.notes) == ("Junín", 1, True)


def test_a_calculation_is_a_number_or_a_list() -> None:
    assert measured("calculate", "4", "7").details["summaries"][0]["n"] == 2
    Submission.objects.all().delete()
    answer(Instrument.objects.get(), {"told": "Junín"})
    assert numbers(table("measures.told", scope=OPERATOR)) == {("", "Junín"): 1}


def test_a_number_groups_another_question_by_its_classes() -> None:
    form = make_form()
    answer(form, {"members": "4", "statutes": "si"})
    answer(form, {"members": "9", "statutes": "si"})
    found = table("ferias.statutes", "members", scope=OPERATOR)
    assert numbers(found) == {("4", "si"): 1, ("9", "si"): 1}
    by_statutes = table("ferias.members", "statutes", scope=OPERATOR)
    assert [(one["group"], one["mean"]) for one in by_statutes.details["summaries"]] == [
        (None, 6.5), ("si", 6.5),
    ]  # fmt: skip


def test_open_answers_by_what_is_settled_between_their_coders() -> None:
    load_terms(by=BY)
    form, ana, beto = make_form(), make_scope(), make_scope()
    agreed, differing, decided, _ = (answer(form, {"aims": str(n)}) for n in range(4))

    def code(submission: Any, coder: Any, codes: list[str], *, last: bool = False) -> None:
        Coding.objects.create(submission=submission, question="aims", vocabulary="need_codes", codes=codes,
                              coder_id=coder.user_id, is_adjudicated=last)  # fmt: skip

    for coder in (ana, beto):
        code(agreed, coder, ["otro", "tributario"])
    code(differing, ana, ["otro"])
    code(differing, beto, ["tributario"])
    code(decided, ana, ["otro"])
    code(decided, beto, ["tributario"])
    code(decided, ana, ["tributario"], last=True)
    found = table("ferias.aims", scope=OPERATOR)
    assert numbers(found) == {("", "tributario"): 2, ("", "otro"): 1}
    assert (found.base, found.missing) == (2, 2)
    assert table("ferias.aims.need_codes", "statutes", scope=OPERATOR).base == 2


def test_the_public_sees_no_small_cell_of_answers() -> None:
    form = make_form()
    for told, n in (("no", 2), ("si", 9)):
        for _ in range(n):
            answer(form, {"statutes": told})
    found = table("ferias.statutes", scope=None)
    assert HIDDEN in found.notes
    assert set(numbers(found).values()) == {None}
    assert numbers(table("ferias.statutes", scope=OPERATOR)) == {("", "si"): 9, ("", "no"): 2}


def test_the_public_table_changes_by_fives_only() -> None:
    form = make_form()
    for n, shown in ((4, 0), (1, 5), (4, 5), (1, 10)):
        for _ in range(n):
            answer(form, {"statutes": "si"})
        assert table("ferias.statutes", scope=None).base == shown


def test_the_public_sees_a_question_alone_or_by_place() -> None:
    answer(make_form(), {"statutes": "si", "lines": ["agua"], "members": "3"})
    for name, by in (
        ("ferias.statutes", "lines"),
        ("ferias.members", "none"),
        ("ferias.aims", "none"),
    ):
        with pytest.raises(RuleBroken):
            table(name, by, scope=None)
    assert table("ferias.statutes", "department", scope=None).base == 0


def test_support_needed_by_addressee_each_with_its_base() -> None:
    make_form("ess", schema=[
        asked("soporte_01", "select_multiple", list="lines"),
        asked("soporte_02", "select_multiple", list="lines"),
        asked("soporte_03", "text"),
    ])  # fmt: skip
    form = Instrument.objects.get(form_id="ess")
    answer(form, {"soporte_01": ["agua", "luz"], "soporte_02": ["luz"]})
    answer(form, {"soporte_01": ["luz"]})
    answer(form, {})
    found = table("support", scope=OPERATOR)
    assert (found.base, found.missing) == (2, 1)
    assert bases(found) == {"soporte_01": (2, 1), "soporte_02": (1, 2)}
    assert numbers(found) == {
        ("soporte_01", "luz"): 2, ("soporte_01", "agua"): 1, ("soporte_02", "luz"): 1,
    }  # fmt: skip
    assert any("soporte_03" in str(note) for note in found.notes)


def test_the_public_sees_no_small_number_of_support_either() -> None:
    schema = [asked("soporte_01", "select_multiple", list="lines")]
    form = make_form("ess", schema=schema)
    for told in (["agua"], ["agua", "luz"]):
        answer(form, {"soporte_01": told})
    assert (table("support", scope=None).base, numbers(table("support", scope=None))) == (0, {})
    for _ in range(9):
        answer(form, {"soporte_01": ["agua"]})
    assert numbers(table("support", scope=None)) == {
        ("soporte_01", "agua"): 10,
        ("soporte_01", "luz"): None,
    }


def test_a_group_of_which_nothing_may_be_shown_says_so() -> None:
    form = make_form()
    for told in ("si", "no", "si", "no", "si"):
        answer(form, {"statutes": told})
    page = table_page(table("ferias.statutes", scope=None), str)
    assert page.whole is not None
    assert (page.whole.is_hidden, page.whole.base) == (True, "5")
    assert not any(bar.n.isdigit() for bar in page.whole.bars)


def test_answers_of_another_centre_do_not_count() -> None:
    form = make_form(centre=None)
    answer(form, {"statutes": "si"})
    answer(form, {"statutes": "si"}, centre=make_centre("ayacucho"))
    assert table("ferias.statutes", scope=make_scope("coordinator")).base == 1
