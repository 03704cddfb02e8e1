"""Many answers follow at once, and it is as if each had come alone."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.directory import BY, TODAY, make_organisation, make_user
from tests.factories.mapping import follow, make_interview, make_submission

from yanapay.audit.models import Event
from yanapay.audit.queries import verify
from yanapay.base import following
from yanapay.mapping.actions.answers import take_derived
from yanapay.mapping.actions.interviews import assign
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.models import Interview, InterviewStep, Proposal
from yanapay.surveys.actions.rows import announce_next
from yanapay.surveys.choices import Derivation
from yanapay.surveys.models import Submission

pytestmark = pytest.mark.django_db


def test_each_finds_its_own_interview_and_an_edit_waits_for_the_answer_that_it_replaces() -> None:
    mapper, firm = make_user("mapper"), make_organisation(ruc="20131312955")
    planned = assign(by=BY, interview=make_interview(name="Warmi"), interviewer=mapper)
    named = make_interview(name="Kantuta")
    first = make_submission(name="Nuevo", phone="")
    made = take_derived(by=BY, submissions=[
        make_submission(user=mapper, name="warmi"), make_submission(user=mapper, name="Warmi"),
        make_submission(interview=str(named.pk), name="Otra"),
        make_submission(tax_id="20131312955", name="Lácteos"),
        first, make_submission(edit_of=first, name="Nuevo", phone="964 555 777"),
    ])  # fmt: skip
    assert Interview.objects.count() == 5
    by_name = {one.name: one for one in Interview.objects.all()}
    assert (by_name["Lácteos"].organisation, len({one.pk for one in made})) == (firm, 5)
    planned.refresh_from_db()
    assert planned.submission is not None
    assert planned.submission.records.get().values["name"] == "warmi"
    last = Proposal.objects.get(interview=by_name["Nuevo"])
    assert last.submission is not None
    assert (last.proposed["phone"], last.submission.root_id) == ("964555777", first.root_id)


def test_many_leave_the_same_steps_and_events_as_one_by_one() -> None:
    def trail(before: int) -> list[tuple[Any, ...]]:
        told = Event.objects.filter(pk__gt=before).values_list("action", "object_type", "changes")
        steps = ("mapping.interview_moved", "mapping.proposed")
        return sorted(
            (action, kind, changes.get("state"), changes.get("fields"))
            for action, kind, changes in told
            if action in steps
        )

    start = Event.objects.count()
    for one in [make_submission(name=f"Taller {number}") for number in range(3)]:
        follow(one)
    alone, middle = trail(start), Event.objects.latest("pk").pk
    take_derived(
        by=BY, submissions=[make_submission(name=f"Feria {number}") for number in range(3)]
    )
    assert trail(middle) == alone
    assert len(alone) == 9
    assert InterviewStep.objects.count() == 12
    assert verify() == []


def test_a_proposal_of_many_costs_few_queries() -> None:
    mapper = make_user("mapper")
    for number in range(20):
        assign(by=BY, interview=make_interview(name=f"Taller {number}"), interviewer=mapper)
    told = [make_submission(user=mapper, name=f"Taller {number}") for number in range(40)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(take_derived(by=BY, submissions=told)) == 40
    assert len(asked) < 80


def test_a_kill_in_the_middle_loses_nothing_and_doubles_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(5):
        make_submission(name=f"Taller {number}")

    def killed(**_: object) -> None:
        assert Proposal.objects.count() == 5
        raise SystemExit

    with monkeypatch.context() as while_killed:
        while_killed.setitem(following._followers["answers_derived"], "kill", killed)
        with pytest.raises(SystemExit):
            announce_next(by=BY, limit=50)
    assert (Proposal.objects.count(), Interview.objects.count()) == (0, 0)
    assert (announce_next(by=BY, limit=3), announce_next(by=BY, limit=3)) == (3, 2)
    assert announce_next(by=BY, limit=3) == 0
    assert (Proposal.objects.count(), Interview.objects.count()) == (5, 5)


def test_one_that_fails_bears_the_note_and_the_others_go_on() -> None:
    make_interview(make_organisation(ruc="20131312955"))
    for told in ({"name": "Uno"}, {"name": "Dos", "tax_id": "20131312955"}, {"name": "Tres"}):
        make_submission(**told)
    announce_next(by=BY, limit=50)
    failed = Submission.objects.get(derivation=Derivation.FAILED)
    assert "already planned" in failed.problem
    assert sorted(one.name for one in Proposal.objects.all()) == ["Tres", "Uno"]


def test_what_was_decided_stays_when_its_answer_is_followed_again() -> None:
    answers = [make_submission(name=name, kind="red") for name in ("Uno", "Dos")]
    first, _ = take_derived(by=BY, submissions=answers)
    decide(by=BY, proposal=first, accepted={"name", "kind"}, on=TODAY)
    again = take_derived(by=BY, submissions=answers)
    assert [one.state for one in again] == ["accepted", "pending"]
    assert (Proposal.objects.count(), Interview.objects.count()) == (2, 2)
