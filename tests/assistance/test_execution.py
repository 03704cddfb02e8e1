"""Doing the work: team, contracts, tasks, visits, technologies, planned against delivered."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from tests.factories.assistance import bring_to, make_case
from tests.factories.assistance_execution import (
    END,
    make_assignment,
    make_contract,
    make_milestone,
    make_task,
    make_visit,
    terms,
)
from tests.factories.directory import (
    BY,
    TODAY,
    make_activity,
    make_centre,
    make_organisation,
    make_scope,
    make_user,
)
from tests.factories.roster import make_specialist

from yanapay.assistance.access import can_serve_case
from yanapay.assistance.actions.cases import move_case
from yanapay.assistance.actions.contracts import (
    accept_milestone,
    deliver_milestone,
    pay_milestone,
    return_milestone,
)
from yanapay.assistance.actions.files import Upload, add_case_file, remove_case_file
from yanapay.assistance.actions.tasks import change_task, finish_task, remove_task, tasks_from_plan
from yanapay.assistance.actions.team import (
    answer_assignment,
    ask_specialist,
    expire_assignments,
    release_assignment,
    retire_specialist,
)
from yanapay.assistance.actions.technologies import apply_technology, withdraw_technology
from yanapay.assistance.actions.visits import (
    cancel_visit,
    change_visit,
    note_visit,
    record_visit,
    set_end,
)
from yanapay.assistance.models import Case, Milestone, Plan, PlanAction
from yanapay.assistance.queries.delivery import tallies
from yanapay.assistance.queries.team import matches, need_of
from yanapay.assistance.queries.visits import visits_between
from yanapay.audit.models import Event
from yanapay.centres.queries import scope_of
from yanapay.directory.actions.attributes import set_activities
from yanapay.directory.actions.persons import add_role
from yanapay.kernel.errors import EditConflict, RuleBroken
from yanapay.notices.models import Notice
from yanapay.roster.actions.catalogue import add_technology, load_requirements
from yanapay.roster.actions.knowledge import add_speciality
from yanapay.roster.models import Technology

pytestmark = pytest.mark.django_db
LATER = date(2026, 4, 2)


def a_case(stage: int = 5) -> Case:
    return bring_to(make_case(), stage)


def a_technology() -> Technology:
    return add_technology(by=BY, category="Panificación y pastelería", name="Horno a gas")


def test_the_specialist_is_asked_told_and_accepts() -> None:
    case, user = a_case(4), make_user("specialist")
    specialist = make_specialist(centre=case.centre, user=user)
    asked = ask_specialist(by=BY, case=case, specialist=specialist, task="Merma", on=TODAY)
    assert (asked.answer_by - TODAY).days == 3
    assert Notice.objects.filter(user=user, text__startswith="You are asked to help").exists()
    assert not can_serve_case(scope_of(user, TODAY), case)
    answer_assignment(by=BY, assignment=asked, accept=True, on=TODAY)
    assert can_serve_case(scope_of(user, TODAY), case)
    with pytest.raises(RuleBroken, match="answered already"):
        answer_assignment(by=BY, assignment=asked, accept=False, on=TODAY, reason="late")


def test_declining_needs_a_reason_and_leaves_room_for_another_question() -> None:
    asked = make_assignment(accept=False)
    with pytest.raises(RuleBroken, match="Say why"):
        answer_assignment(by=BY, assignment=asked, accept=False, on=TODAY)
    answer_assignment(by=BY, assignment=asked, accept=False, on=TODAY, reason="on holiday")
    again = ask_specialist(by=BY, case=asked.case, specialist=asked.specialist, task="", on=LATER)
    assert again.state == "asked"


def test_nobody_is_asked_without_papers_twice_or_against_their_interest() -> None:
    case = a_case(4)
    load_requirements(by=BY)
    with pytest.raises(RuleBroken, match="Not accredited"):
        make_assignment(case, make_specialist("Beto Poma", case.centre, accredited=False))
    ada = make_specialist("Ada Rojas", case.centre)
    make_assignment(case, ada)
    with pytest.raises(RuleBroken, match="already"):
        make_assignment(case, ada)
    owner = make_specialist("Rosa Quispe", case.centre)
    assert owner.person is not None
    add_role(by=BY, person=owner.person, organisation=case.organisation, role="owner")
    with pytest.raises(RuleBroken, match="Conflict of interest"):
        make_assignment(case, owner)
    foreign = make_specialist("Cara Ñahui", make_centre("ayacucho"))
    with pytest.raises(RuleBroken, match="another centre"):
        make_assignment(case, foreign)


def test_the_matching_reads_activity_topic_and_load_from_the_records() -> None:
    oven = make_activity("1071")
    firm = make_organisation("Panadería Ñusta")
    set_activities(by=BY, organisation=firm, activities=[(oven, "")])
    case = bring_to(make_case(firm, topic="calidad"), 4)
    baker, other = make_specialist("Zoila Baca"), make_specialist("Ada Rojas")
    add_speciality(by=BY, specialist=baker, topic="calidad", activity=oven, years=5)
    found = matches(case, need_of(case, TODAY))
    assert [match.candidate.key for match in found] == [baker.pk, other.pk]
    asked = make_assignment(case, baker)
    assert {"template": "Knows the activity {code}", "values": {"code": "1071"}} in asked.reasons
    assert matches(case, need_of(case, TODAY))[-1].candidate.load == 1


def test_a_question_that_nobody_answers_lapses() -> None:
    asked = make_assignment(accept=False)
    assert expire_assignments(by=BY, on=asked.answer_by) == []
    assert expire_assignments(by=BY, on=LATER) == [asked]
    asked.refresh_from_db()
    assert asked.state == "expired"
    told = Notice.objects.filter(user=asked.case.responsible, text__contains="in time")
    assert told.count() == 1
    assert expire_assignments(by=BY, on=LATER) == []


def test_a_release_frees_what_is_not_done() -> None:
    assignment = make_assignment()
    case = assignment.case
    done = make_task(case, doer="specialist", assignment=assignment)
    finish_task(by=BY, task=done, on=TODAY)
    open_task = make_task(case, doer="specialist", assignment=assignment)
    visit = make_visit(case, LATER, assignment=assignment)
    contract = make_contract(assignment)
    release_assignment(by=BY, assignment=assignment, on=LATER, reason="moved away")
    for row in (done, open_task, visit, contract):
        row.refresh_from_db()
    assert done.assignment == assignment
    assert (open_task.assignment, visit.assignment) == (None, None)
    assert contract.ended_reason == "moved away"
    with pytest.raises(RuleBroken, match="broken off"):
        deliver_milestone(by=BY, milestone=contract.milestones.get(), on=LATER, note="Informe")


def test_whoever_works_in_cases_leaves_the_roster_only_with_them() -> None:
    assignment = make_assignment()
    specialist = assignment.specialist
    with pytest.raises(RuleBroken, match=assignment.case.number):
        retire_specialist(by=BY, specialist=specialist, on=LATER, reason="left")
    specialist.refresh_from_db()
    assert specialist.is_active
    assert retire_specialist(by=BY, specialist=specialist, on=LATER, reason="left", release=True)
    specialist.refresh_from_db()
    assignment.refresh_from_db()
    assert (specialist.is_active, assignment.state) == (False, "ended")
    with pytest.raises(RuleBroken, match="not active"):
        make_assignment(bring_to(make_case(), 4), specialist)


def test_a_contract_adds_up_in_one_currency_and_has_a_number() -> None:
    assignment = make_assignment()
    with pytest.raises(RuleBroken, match="one currency"):
        make_contract(assignment, terms("Informe"), terms("Manual", currency="USD"))
    with pytest.raises(RuleBroken, match="Name what is delivered"):
        make_contract(assignment, terms(" "))
    contract = make_contract(assignment, terms("Informe", "1500"), terms("Manual", "500.50"))
    assert (contract.number, contract.amount) == ("CTR-2026-0001", 200_050)
    with pytest.raises(RuleBroken, match="already"):
        make_contract(assignment)


def test_only_who_accepted_gets_a_contract() -> None:
    with pytest.raises(RuleBroken, match="has accepted"):
        make_contract(make_assignment(accept=False))


def test_a_deliverable_is_delivered_returned_accepted_and_then_paid() -> None:
    milestone = make_milestone()
    with pytest.raises(RuleBroken, match="once the enterprise has accepted"):
        pay_milestone(by=BY, milestone=milestone, on=LATER)
    with pytest.raises(RuleBroken, match="not delivered"):
        accept_milestone(by=BY, milestone=milestone, on=LATER, accepted_by_name="Rosa")
    deliver_milestone(by=BY, milestone=milestone, on=LATER, note="Informe de planta")
    back = return_milestone(by=BY, milestone=milestone, reason="the costs are missing")
    assert (back.delivered_on, back.returned_reason) == (None, "the costs are missing")
    deliver_milestone(by=BY, milestone=milestone, on=LATER, note="Con costos")
    with pytest.raises(RuleBroken, match="before the delivery"):
        accept_milestone(by=BY, milestone=milestone, on=TODAY, accepted_by_name="Rosa")
    accept_milestone(by=BY, milestone=milestone, on=LATER, accepted_by_name="Rosa")
    assert pay_milestone(by=BY, milestone=milestone, on=LATER).paid_on == LATER
    with pytest.raises(RuleBroken, match="paid already"):
        pay_milestone(by=BY, milestone=milestone, on=LATER)
    told = Event.objects.filter(action="assistance.milestone_delivered").first()
    assert told is not None
    assert "Informe" not in str(told.changes)


def test_the_database_does_not_pay_what_was_not_accepted() -> None:
    milestone = make_milestone()
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=milestone.pk).update(paid_on=TODAY)


def test_tasks_keep_their_order_and_their_case() -> None:
    case, other = a_case(4), make_assignment()
    with pytest.raises(RuleBroken, match="before the beginning"):
        make_task(case, due_on=date(2026, 3, 1))
    with pytest.raises(RuleBroken, match="before the case"):
        make_task(case, starts_on=date(2020, 1, 1))
    with pytest.raises(RuleBroken, match="not asked for this case"):
        make_task(case, doer="specialist", assignment=other)
    task = make_task(case)
    finish_task(by=BY, task=task, on=LATER)
    with pytest.raises(RuleBroken, match="is done"):
        change_task(by=BY, task=task, fields={"title": "Otra"})
    with pytest.raises(RuleBroken, match="is done"):
        remove_task(by=BY, task=task)


def test_the_actions_of_the_plan_become_tasks_once() -> None:
    case = a_case(4)
    plan = Plan.objects.create(case=case, number=1, state="accepted", currency="PEN")
    for position, action in enumerate(["Comprar quemador", "Capacitar"]):
        PlanAction.objects.create(
            plan=plan, objective="Menos merma", action=action, position=position
        )
    made = tasks_from_plan(by=BY, case=case, starts_on=TODAY, ends_on=END)
    assert [task.title for task in made] == ["Comprar quemador", "Capacitar"]
    assert made[0].starts_on == TODAY
    assert made[1].due_on == END
    assert made[0].due_on < made[1].starts_on
    with pytest.raises(RuleBroken, match="has its task"):
        tasks_from_plan(by=BY, case=case, starts_on=TODAY, ends_on=END)


def test_a_visit_is_planned_moved_and_noted() -> None:
    visit = make_visit(a_case())
    visit = change_visit(by=BY, visit=visit, fields={"planned_on": LATER}, version=1)
    with pytest.raises(EditConflict):
        note_visit(by=BY, visit=visit, fields={"done_on": LATER, "minutes": 90}, version=1)
    noted = note_visit(
        by=BY, visit=visit, version=2,
        fields={"done_on": LATER, "minutes": 90, "women": 2, "men": 1, "notes": "Rosa mostró el horno"},
    )  # fmt: skip
    assert noted.noted_by_name == BY.user_name
    event = Event.objects.filter(action="assistance.visit_noted").get()
    assert event.changes["women"] == 2
    assert "Rosa" not in str(event.changes)
    with pytest.raises(RuleBroken, match="cannot be called off"):
        cancel_visit(by=BY, visit=noted, reason="rain")


def test_bad_visits_are_refused_with_a_sentence() -> None:
    case = a_case()
    with pytest.raises(RuleBroken, match="before the case"):
        make_visit(case, date(2019, 1, 1))
    with pytest.raises(RuleBroken, match="what the visit is for"):
        make_visit(case, purpose=" ")
    visit = make_visit(case)
    with pytest.raises(RuleBroken, match="one minute to one day"):
        note_visit(by=BY, visit=visit, fields={"done_on": TODAY, "minutes": 2000})
    with pytest.raises(RuleBroken, match="1000 people"):
        note_visit(by=BY, visit=visit, fields={"done_on": TODAY, "women": -1})
    cancel_visit(by=BY, visit=visit, reason="rain")
    with pytest.raises(RuleBroken, match="called off"):
        note_visit(by=BY, visit=visit, fields={"done_on": TODAY})


def test_the_work_does_not_end_before_its_last_visit() -> None:
    case = a_case()
    record_visit(by=BY, case=case, fields={"done_on": LATER, "purpose": "Final", "minutes": 60})
    with pytest.raises(RuleBroken, match="a visit after"):
        set_end(by=BY, case=case, on=TODAY)
    assert set_end(by=BY, case=case, on=LATER).ended_on == LATER


def test_visits_between_two_days_are_those_of_the_scope() -> None:
    case = a_case()
    make_visit(case, LATER)
    cancel_visit(by=BY, visit=make_visit(case, LATER), reason="rain")
    scope = make_scope()
    assert visits_between(scope, TODAY, LATER).count() == 1
    assert visits_between(scope, TODAY, TODAY).count() == 0
    assert visits_between(scope, TODAY, LATER, visitor=case.responsible_id).count() == 0
    assert (
        visits_between(make_scope("promoter", make_centre("ayacucho")), TODAY, LATER).count() == 0
    )


def test_a_technology_changes_something_and_again_only_corrects() -> None:
    case, oven = a_case(), a_technology()
    with pytest.raises(RuleBroken, match="what it changed"):
        apply_technology(by=BY, case=case, technology=oven, changes=[], on=LATER)
    for changes in (["equipment"], ["equipment", "skills"]):
        use = apply_technology(by=BY, case=case, technology=oven, changes=changes, on=LATER)
    assert case.technologies.count() == 1
    assert (use.changes_skills, use.changes_organisation) == (True, False)
    withdraw_technology(by=BY, use=use, reason="another case")
    assert not case.technologies.exists()


def test_files_of_a_visit_are_checked_and_kept_once() -> None:
    case = a_case()
    visit = make_visit(case)
    photo = Upload("../../horno.jpg", "image/jpeg", ContentFile(b"jpeg"))
    note_visit(by=BY, visit=visit, fields={"done_on": TODAY}, files=[photo])
    kept = add_case_file(by=BY, case=case, visit=visit, upload=photo)
    assert (case.files.count(), kept.name) == (1, "horno.jpg")
    program = Upload("x.exe", "application/octet-stream", ContentFile(b"MZ"))
    with pytest.raises(RuleBroken, match="Only PDF"):
        note_visit(by=BY, visit=visit, fields={"done_on": LATER}, files=[program])
    visit.refresh_from_db()
    assert visit.done_on == TODAY  # a refused file undoes the note with it
    remove_case_file(by=BY, file=kept, reason="blurred")
    assert not case.files.exists()


def test_planned_against_delivered() -> None:
    milestone = make_milestone()
    case = milestone.contract.assignment.case
    make_visit(case, LATER)
    record_visit(by=BY, case=case, fields={"done_on": LATER, "purpose": "Horno", "minutes": 180})
    make_task(case)
    deliver_milestone(by=BY, milestone=milestone, on=LATER, note="Informe")
    accept_milestone(by=BY, milestone=milestone, on=LATER, accepted_by_name="Rosa")
    found = {tally.key: (tally.done, tally.planned) for tally in tallies(case)}
    assert found == {
        "visits": (1, 2), "hours": (3, 0), "tasks": (0, 1), "deliverables": (1, 1), "paid": (0, 150_000),
    }  # fmt: skip


def test_a_case_that_ended_takes_no_more_work() -> None:
    case = a_case()
    visit, task = make_visit(case), make_task(case)
    move_case(by=BY, case=case, move="abandon", on=TODAY, reason="the shop closed")
    for attempt in (
        lambda: note_visit(by=BY, visit=visit, fields={"done_on": TODAY}),
        lambda: finish_task(by=BY, task=task, on=TODAY),
        lambda: apply_technology(
            by=BY, case=case, technology=a_technology(), changes=["skills"], on=TODAY
        ),
        lambda: make_assignment(case),
    ):
        with pytest.raises(RuleBroken, match="has ended"):
            attempt()
