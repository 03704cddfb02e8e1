"""Questions are answered, left pending, referred into cases; answers are found again."""

from datetime import timedelta

import pytest
from tests.factories.assistance_consultations import ASKED, HOW, make_consultation
from tests.factories.directory import (
    BY,
    TODAY,
    make_centre,
    make_organisation,
    make_person,
    make_scope,
    make_user,
)

from yanapay.assistance.actions.consultations import (
    change_consultation,
    hand_over_pending,
    note_wish,
    refer_to_case,
)
from yanapay.assistance.actions.walkins import Agreed, Visitor, register_walk_in
from yanapay.assistance.models import Consultation, CourseWish
from yanapay.assistance.queries.consultations import (
    Filters,
    consultations,
    demand,
    open_consultation,
    pending_items,
)
from yanapay.assistance.queries.knowledge import past_answers
from yanapay.audit.models import Event
from yanapay.directory.models import Consent, Organisation, Person
from yanapay.kernel.errors import EditConflict, NotFound, RuleBroken

pytestmark = pytest.mark.django_db


def test_numbers_run_without_gaps_through_the_year_of_the_centre() -> None:
    first = make_consultation()
    with pytest.raises(RuleBroken):
        make_consultation(answer="")
    second = make_consultation()
    other = make_consultation(centre=make_centre("ayacucho"))
    late = make_consultation(asked_at=ASKED.replace(year=2027, month=1, day=1, hour=3))
    numbers = [one.number for one in (first, second, other, late)]
    assert numbers == ["CON-2026-0001", "CON-2026-0002", "CON-2026-0001", "CON-2026-0003"]


@pytest.mark.parametrize(
    ("fields", "blamed"),
    [
        ({"answer": " "}, "answer"),
        ({"question": ""}, "question"),
        ({"minutes": 601}, "minutes"),
        ({"outcome": "derivada"}, "referred_to"),
        ({"outcome": "curso"}, "wish"),
        ({"outcome": "caso"}, "outcome"),
    ],
)
def test_what_an_outcome_needs_is_asked_for(fields: dict[str, object], blamed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        make_consultation(**fields)  # type: ignore[arg-type]
    assert refused.value.field == blamed
    assert not Consultation.objects.exists()


def test_a_pending_one_is_completed_and_the_slower_colleague_sees_it() -> None:
    asked = make_consultation(answer="", outcome="pendiente")
    done = change_consultation(
        by=BY, consultation=asked, fields={"answer": HOW, "outcome": "resuelta"}, version=1
    )
    assert (done.version, done.outcome) == (2, "resuelta")
    with pytest.raises(EditConflict):
        change_consultation(by=BY, consultation=asked, fields={"answer": "otra"}, version=1)


def test_a_finished_one_is_put_right_with_a_reason_that_the_chain_does_not_keep() -> None:
    done = make_consultation()
    with pytest.raises(RuleBroken) as refused:
        change_consultation(by=BY, consultation=done, fields={"topic": "calidad"})
    assert refused.value.field == "reason"
    change_consultation(
        by=BY, consultation=done, fields={"topic": "calidad"}, reason="lo dijo Rosa"
    )
    event = Event.objects.get(action="assistance.consultation_changed")
    assert event.changes == {"fields": ["topic"]}
    assert event.reason == ""


def test_the_trail_keeps_no_text_of_a_consultation() -> None:
    make_consultation("Rosa debe dinero", "Que hable con Juan")
    kept = str(list(Event.objects.values_list("changes", "reason")))
    assert "Rosa" not in kept
    assert "Juan" not in kept


def test_a_consultation_becomes_a_case_of_the_same_people() -> None:
    firm, rosa = make_organisation(), make_person()
    asked = make_consultation(answer="", outcome="pendiente", person=rosa)
    case = refer_to_case(
        by=BY, consultation=asked, organisation=firm, responsible=make_user(), on=TODAY, version=1,
        fields={"title": "Registro del yogur", "line": "gestion", "subsector": "lacteos"},
    )  # fmt: skip
    asked.refresh_from_db()
    assert (case.promotion.origin, case.contact, case.topic) == ("consulta", rosa, "tramites")
    assert (asked.case, asked.outcome, asked.organisation) == (case, "caso", firm)
    with pytest.raises(RuleBroken):
        refer_to_case(by=BY, consultation=asked, organisation=firm, responsible=make_user(),
                      on=TODAY, fields={})  # fmt: skip


def test_course_wishes_stand_with_and_without_a_consultation() -> None:
    make_consultation(answer="", outcome="curso", wish="Costos para panaderos")
    note_wish(by=BY, centre=make_centre(), topic="cursos", wish="Empaques", on=TODAY)
    assert sorted(CourseWish.objects.values_list("wish", flat=True)) == [
        "Costos para panaderos",
        "Empaques",
    ]


def test_a_person_of_another_centre_is_not_linked() -> None:
    with pytest.raises(RuleBroken):
        make_consultation(person=make_person(centre=make_centre("ayacucho")))


def test_a_walk_in_is_all_or_nothing() -> None:
    rosa = {"name": "Rosa Quispe", "sex": "f"}
    firm = {"name": "Panadería Rosa", "kind": "empresa"}
    told = {"question": "¿Qué harina?", "answer": "La especial", "topic": "proveedores",
            "channel": "visita", "outcome": "resuelta"}  # fmt: skip
    visitor = Visitor(new_person=rosa, new_organisation=firm, tax_id="10445566773")
    with pytest.raises(RuleBroken):
        register_walk_in(by=BY, centre=make_centre(), visitor=visitor, asked_at=ASKED, on=TODAY,
                         fields={**told, "answer": ""}, agreed=Agreed("2026-1"))  # fmt: skip
    assert not Person.objects.exists()
    assert not Organisation.objects.exists()

    visitor = Visitor(new_person=rosa, new_organisation=firm)
    done = register_walk_in(by=BY, centre=make_centre(), visitor=visitor, asked_at=ASKED, on=TODAY,
                            fields=told, agreed=Agreed("2026-1"))  # fmt: skip
    assert done.person
    assert done.organisation
    assert done.organisation.people.get().person == done.person
    assert Consent.objects.get().person == done.person


def test_the_answer_given_most_often_comes_first() -> None:
    rare = make_consultation("registro sanitario de queso", "En la municipalidad")
    first = make_consultation("registro sanitario", "En DIGESA.")
    make_consultation("¿dónde el registro sanitario?", "en digesa")
    again = make_consultation("registro sanitario de miel", "En DIGESA, piso 2", based_on=first)
    found = past_answers(make_scope(), "rejistro sanitario")
    assert [(one.consultation.pk, one.times) for one in found] == [(again.pk, 3), (rare.pk, 1)]


def test_an_answer_is_found_though_not_every_word_of_the_question_is_known() -> None:
    kept = make_consultation()
    found = past_answers(
        make_scope(), "Buenas tardes, quisiera el registro sanitario para mermelada"
    )
    assert [one.consultation for one in found] == [kept]
    assert past_answers(make_scope(), "tractor") == []


def test_without_words_a_topic_offers_its_usual_answers() -> None:
    kept = make_consultation()
    make_consultation("¿Precio?", "S/ 4", topic="mercados")
    assert [one.consultation for one in past_answers(make_scope(), "", "tramites")] == [kept]


def test_answers_of_other_centres_and_pending_ones_are_not_offered() -> None:
    make_consultation(centre=make_centre("ayacucho"))
    make_consultation(answer="Quizá DIGESA", outcome="pendiente")
    assert past_answers(make_scope(), "registro sanitario") == []


def test_a_list_is_cut_by_centre_and_filters() -> None:
    here = make_consultation()
    make_consultation(topic="mercados", asked_at=ASKED - timedelta(days=40))
    foreign = make_consultation(centre=make_centre("ayacucho"))
    scope = make_scope()
    assert consultations(scope, Filters()).count() == 2
    assert list(consultations(scope, Filters(month="2026-03"))) == [here]
    assert list(consultations(scope, Filters(q="yogurt", topic="tramites"))) == [here]
    assert list(consultations(scope, Filters(q=here.number))) == [here]
    with pytest.raises(NotFound):
        open_consultation(scope, foreign.pk)


def test_demand_says_of_how_many() -> None:
    for topic in ("tramites", "tramites", "mercados"):
        make_consultation(topic=topic)
    found = demand(consultations(make_scope(), Filters()))
    assert [(d.topic, d.n, d.base) for d in found] == [("tramites", 2, 3), ("mercados", 1, 3)]


@pytest.mark.parametrize("month", ["2026-13", "2026", "²026-01", "2026-1x", "0000-01"])
def test_a_month_that_is_none_narrows_nothing(month: str) -> None:
    assert Filters.read({"month": month, "topic": "x"}).given == {}


def test_pending_ones_wait_in_my_work_and_pass_to_the_heir() -> None:
    ana, beto = make_user(), make_user()
    make_consultation(answer="", outcome="pendiente", answered_by=ana)
    scope = make_scope()
    assert [item.is_mine for item in pending_items(scope, 5)] == [False]
    assert pending_items(make_scope(centre=make_centre("ayacucho")), 5) == []
    assert hand_over_pending(by=BY, from_user_id=ana.pk, to_user_id=beto.pk) == 1
    assert Consultation.objects.get().answered_by == beto
