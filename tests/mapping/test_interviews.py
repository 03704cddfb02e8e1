"""Whom to visit, who goes, how far it got; and the answer that finds its interview."""

from datetime import date

import pytest
from tests.factories.directory import (
    BY,
    TODAY,
    make_centre,
    make_organisation,
    make_scope,
    make_user,
)
from tests.factories.mapping import follow, make_form, make_interview, make_submission

from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.actions.interviews import (
    assign,
    hand_over_interviews,
    move_interview,
    plan_list,
    propose_interview,
    send_back,
)
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.models import Interview, Proposal
from yanapay.mapping.rules.interviews import MOVES, check_move

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("before", "after"), [key for key, asks in MOVES.items() if asks])
def test_going_back_needs_a_reason(before: str, after: str) -> None:
    with pytest.raises(RuleBroken, match="Say why"):
        check_move(before, after, " ")
    check_move(before, after, "falta la firma")


def test_an_unknown_move_is_refused() -> None:
    with pytest.raises(RuleBroken, match="moved on"):
        check_move("proposed", "published", "because")


def test_planned_once_at_a_time() -> None:
    firm = make_organisation()
    make_interview(firm)
    with pytest.raises(RuleBroken, match="already planned"):
        make_interview(firm)
    both = [firm, make_organisation("Casa Betania")]
    plan = {"centre": make_centre(), "instrument": make_form()}
    assert [i.name for i in plan_list(by=BY, organisations=both, **plan)] == ["Casa Betania"]


def test_a_visit_needs_a_name() -> None:
    with pytest.raises(RuleBroken, match="whom to interview"):
        propose_interview(by=BY, centre=make_centre(), instrument=make_form(), name=" ")


def test_a_mapper_sees_only_what_is_assigned_to_them() -> None:
    mapper, other = make_user("mapper"), make_scope("mapper")
    interview = assign(
        by=BY, interview=make_interview(), interviewer=mapper, due_on=date(2026, 4, 1)
    )
    make_interview(name="Otro")
    mine = Interview.objects.filter(interviewer=mapper)
    assert list(mine) == [interview]
    assert not Interview.objects.visible_to(other).exists()
    assert Interview.objects.visible_to(make_scope("coordinator")).count() == 2


def test_the_answer_finds_the_interview_that_its_form_names() -> None:
    mapper = make_user("mapper")
    interview = assign(by=BY, interview=make_interview(name="Warmi"), interviewer=mapper)
    make_interview(name="Taller Warmi")
    proposal = follow(make_submission(
        user=mapper, interview=str(interview.pk), name="Taller Warmi de Puno"))  # fmt: skip
    interview.refresh_from_db()
    assert proposal is not None
    assert (proposal.interview, interview.state) == (interview, "interviewed")
    assert interview.submission == proposal.submission
    assert [(s.before, s.after) for s in interview.steps.all()] == [
        ("", "proposed"), ("proposed", "assigned"), ("assigned", "interviewed"),
    ]  # fmt: skip


def test_else_the_one_assigned_to_the_sender_under_that_name() -> None:
    mapper = make_user("mapper")
    interview = assign(by=BY, interview=make_interview(name="Taller Wármi"), interviewer=mapper)
    follow(make_submission(user=mapper, name="taller warmi"))
    interview.refresh_from_db()
    assert interview.state == "interviewed"
    assert Interview.objects.count() == 1


def test_else_a_new_one_that_was_made_unplanned() -> None:
    mapper = make_user("mapper")
    proposal = follow(make_submission(user=mapper, name="Nuevo"))
    found = Interview.objects.get()
    assert proposal is not None
    assert (found.name, found.state, found.interviewer, found.organisation) == (
        "Nuevo", "interviewed", mapper, None,
    )  # fmt: skip


def test_an_interview_of_another_centre_is_not_taken() -> None:
    elsewhere = make_interview(centre=make_centre("puno"))
    follow(make_submission(interview=str(elsewhere.pk), name="Ajeno"))
    elsewhere.refresh_from_db()
    assert elsewhere.state == "proposed"


def test_the_tax_number_tells_who_it_is() -> None:
    firm = make_organisation(ruc="20131312955")
    proposal = follow(make_submission(tax_id="20131312955", name="Otro nombre"))
    assert proposal is not None
    assert proposal.organisation == firm


def test_deriving_again_doubles_nothing() -> None:
    submission = make_submission(name="Nuevo")
    first = follow(submission)
    assert follow(submission) == first
    assert (Interview.objects.count(), Proposal.objects.count()) == (1, 1)


def test_sent_back_and_answered_again_the_newer_answer_is_reviewed() -> None:
    mapper = make_user("mapper")
    answer = make_submission(user=mapper, name="Nuevo", phone="")
    first = follow(answer)
    assert first is not None
    assert first.interview is not None
    with pytest.raises(RuleBroken, match="Say why"):
        send_back(by=BY, interview=first.interview, reason="")
    back = send_back(by=BY, interview=first.interview, reason="Falta el teléfono")
    assert (back.state, back.reason) == ("assigned", "Falta el teléfono")
    edit = make_submission(user=mapper, edit_of=answer, name="Nuevo", phone="964 555 777")
    second = follow(edit)
    assert second is not None
    assert (second.pk, second.submission, second.proposed["phone"]) == (first.pk, edit, "964555777")
    back.refresh_from_db()
    assert (back.state, back.submission) == ("interviewed", edit)


def test_an_edit_after_the_decision_is_a_new_proposal_beside_the_record() -> None:
    answer = make_submission(name="Nuevo", kind="red", consent_public="si")
    first = follow(answer)
    assert first is not None
    decide(by=BY, proposal=first, accepted={"name", "kind"}, on=TODAY, publish=True)
    edit = make_submission(edit_of=answer, name="Nuevo", kind="red", description="Ferias")
    second = follow(edit)
    assert second is not None
    assert (second.pk != first.pk, second.state) == (True, "pending")
    assert second.organisation is not None
    assert second.organisation.name == "Nuevo"
    assert Interview.objects.get().state == "published"


def test_another_kind_of_form_proposes_nothing() -> None:
    form = make_form("linea_base", "baseline")
    assert follow(make_submission(form=form, name="X")) is None
    assert not Interview.objects.exists()


def test_a_leaver_hands_over_what_is_still_to_be_visited() -> None:
    leaver, heir = make_user("mapper"), make_user("mapper")
    assign(by=BY, interview=make_interview(name="A"), interviewer=leaver)
    done = assign(by=BY, interview=make_interview(name="B"), interviewer=leaver)
    move_interview(by=BY, interview=done, state="interviewed", on=TODAY)
    assert hand_over_interviews(by=BY, from_user_id=leaver.pk, to_user_id=heir.pk) == 1
    assert Interview.objects.get(interviewer=heir).name == "A"
