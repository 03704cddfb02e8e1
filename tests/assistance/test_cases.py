"""Opening, moving and handing over cases."""

from datetime import date

import pytest
from tests.factories.assistance import bring_to, make_case
from tests.factories.directory import (
    BY,
    TODAY,
    make_centre,
    make_organisation,
    make_scope,
    make_user,
)

from yanapay.assistance.actions.cases import (
    assign_case,
    change_case,
    hand_over_cases,
    move_case,
    write_promotion,
)
from yanapay.assistance.models import Case, Diagnosis, Evaluation
from yanapay.assistance.queries.cases import open_case
from yanapay.audit.models import Event
from yanapay.directory.actions.consents import give_consent
from yanapay.kernel.errors import EditConflict, NotFound, RuleBroken

pytestmark = pytest.mark.django_db


def ready_for_diagnosis() -> Case:
    case = make_case()
    write_promotion(by=BY, case=case, fields={"has_conflict": False})
    give_consent(by=BY, about=case.organisation, purpose="service", text_version="2026-1",
                 given_on=TODAY, channel="paper")  # fmt: skip
    return case


def test_numbers_have_no_gaps_even_when_an_opening_fails() -> None:
    centre = make_centre()
    young = make_organisation("Panadería nueva", centre, start_date=date(2026, 5, 1))
    first = make_case(centre=centre)
    with pytest.raises(RuleBroken, match="founded"):
        make_case(young, centre=centre)
    second = make_case(centre=centre)
    assert [first.number, second.number] == ["SAT-2026-0001", "SAT-2026-0002"]


def test_a_complete_promotion_goes_on_and_the_log_says_who() -> None:
    case = move_case(by=BY, case=ready_for_diagnosis(), move="advance", on=TODAY)
    assert (case.stage, case.stage_since) == (2, TODAY)
    assert Diagnosis.objects.filter(case=case).exists()
    assert [(t.move, t.by_name) for t in case.transitions.all()] == [
        ("open", BY.user_name),
        ("advance", BY.user_name),
    ]
    assert Event.objects.about("case", case.pk).filter(action="assistance.case_advance").exists()


def test_without_consent_the_case_stays() -> None:
    case = make_case()
    write_promotion(by=BY, case=case, fields={"has_conflict": False})
    with pytest.raises(RuleBroken, match="consent"):
        move_case(by=BY, case=case, move="advance", on=TODAY)
    case.refresh_from_db()
    assert case.stage == 1


def test_a_case_is_paused_resumed_and_abandoned_with_reasons() -> None:
    case = make_case()
    move_case(by=BY, case=case, move="pause", on=TODAY, reason="the owner travels")
    move_case(by=BY, case=case, move="resume", on=TODAY)
    case = move_case(by=BY, case=case, move="abandon", on=TODAY, reason="the shop closed")
    assert case.state == "abandoned"
    with pytest.raises(RuleBroken, match="ended"):
        change_case(by=BY, case=case, fields={"title": "Otra cosa"})


def test_evaluations_are_due_from_the_end_of_the_work() -> None:
    case = bring_to(make_case(), 4)
    Case.objects.filter(pk=case.pk).update(ended_on=date(2026, 6, 30), stage=6)
    move_case(by=BY, case=case, move="back", on=TODAY, reason="one task is left")
    Case.objects.filter(pk=case.pk).update(stage=6, state="paused")
    move_case(by=BY, case=case, move="resume", on=TODAY)
    final = Evaluation.objects.get(case=case, round="final")
    assert (final.due_from, final.due_on) == (date(2026, 7, 30), date(2026, 8, 29))


def test_two_editors_of_one_case() -> None:
    case = make_case()
    change_case(by=BY, case=case, fields={"title": "Horno a gas"}, version=1)
    with pytest.raises(EditConflict):
        change_case(by=BY, case=case, fields={"title": "Horno a leña"}, version=1)


def test_another_centre_does_not_learn_that_the_case_exists() -> None:
    case = make_case()
    with pytest.raises(NotFound):
        open_case(make_scope("promoter", make_centre("ayacucho")), case.pk)


def test_the_cases_of_a_leaver_pass_to_a_colleague() -> None:
    centre = make_centre()
    leaver, heir = make_user(centre=centre), make_user(centre=centre)
    case = make_case(centre=centre, responsible=leaver)
    assert hand_over_cases(by=BY, from_user_id=leaver.pk, to_user_id=heir.pk) == 1
    case.refresh_from_db()
    assert case.responsible == heir


def test_choosing_the_same_person_again_leaves_no_event() -> None:
    case = make_case()
    assign_case(by=BY, case=case, responsible=case.responsible)
    assert not Event.objects.filter(action="assistance.case_assigned").exists()
