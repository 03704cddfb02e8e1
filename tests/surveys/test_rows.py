"""Rows are derived afterwards, again and again, and are always the same."""

from datetime import timedelta
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

import pytest
from django.utils import timezone
from hypothesis import given, strategies as st
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast, make_cast
from tests.factories.surveys import SCHEMA, answer, make_form, send

from yanapay.audit.queries import verify
from yanapay.base import following
from yanapay.surveys.actions import rows as derivation
from yanapay.surveys.actions.privacy import empty_answers
from yanapay.surveys.actions.rows import announce_next, derive, derive_again, derive_next
from yanapay.surveys.choices import Derivation
from yanapay.surveys.models import Record, Submission
from yanapay.surveys.rules.rows import Row, plan, rows
from yanapay.surveys.tasks import work_on_answers

BODY = """
<name> Los Andes </name><needs>credit training</needs><place><district>120101</district></place>
<unknown>left</unknown>
<worker><age>030</age><task><hours>4</hours></task><task><hours>5</hours></task></worker>
<worker><age/><task><hours>6</hours></task></worker>
"""


@pytest.fixture
def cast(db: None) -> Cast:
    make_form()
    return make_cast()


def test_groups_vanish_repeats_become_rows_and_numbers_stay_as_sent() -> None:
    assert rows(fromstring(answer(BODY)), plan(SCHEMA)) == [
        Row(values={"name": "Los Andes", "needs": ["credit", "training"], "district": "120101"}),
        Row("worker", 1, 1, {"age": "030"}),
        Row("task", 1, 1, {"hours": "4"}),
        Row("task", 2, 1, {"hours": "5"}),
        Row("worker", 2, 1, {}),
        Row("task", 3, 2, {"hours": "6"}),
    ]


def test_the_empty_turn_that_a_form_carries_is_no_row() -> None:
    body = '<worker xmlns:jr="http://openrosa.org/javarosa" jr:template=""><age>1</age></worker>'
    assert rows(fromstring(answer(body)), plan(SCHEMA)) == [Row()]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30)


@given(st.lists(st.lists(TEXTS, max_size=3), max_size=4), TEXTS)
def test_every_turn_is_known_by_its_number_and_its_parent(
    turns: list[list[str]], name: str
) -> None:
    tasks = ("".join(f"<task><hours>{escape(h)}</hours></task>" for h in turn) for turn in turns)
    body = f"<name>{escape(name)}</name>" + "".join(f"<worker>{task}</worker>" for task in tasks)
    found = rows(fromstring(answer(body)), plan(SCHEMA))
    assert rows(fromstring(answer(body)), plan(SCHEMA)) == found
    assert len({(row.repeat, row.position) for row in found}) == len(found)
    parents = {row.position for row in found if row.repeat == "worker"}
    assert {row.parent_position for row in found if row.repeat == "task"} <= parents
    assert sum(row.repeat == "task" for row in found) == sum(map(len, turns))


def test_an_answer_erased_while_its_rows_are_made_gets_none(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(cast.ana, answer(BODY, instance="uuid:1"))
    keep = derivation._keep

    def erased_before(made: derivation.Made) -> int:
        assert empty_answers(by=OPERATOR, submission_ids=list(made)) == 1
        return keep(made)

    monkeypatch.setattr(derivation, "_keep", erased_before)
    assert (derive_next(by=OPERATOR), Record.objects.count()) == (0, 0)


def test_deriving_again_gives_the_same_rows(cast: Cast) -> None:
    for number in range(3):
        send(cast.ana, answer(BODY, instance=f"uuid:{number}"))
    assert (derive_next(by=OPERATOR), derive_next(by=OPERATOR)) == (3, 0)
    while announce_next(by=OPERATOR):
        pass
    once = list(_rows())
    after: int | None = 0
    while after is not None:
        after = derive_again(by=OPERATOR, after=after, limit=2)
    derive(by=OPERATOR, submission=Submission.objects.earliest("pk"))
    assert list(_rows()) == once
    assert len(once) == 18


def test_who_follows_is_told_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Submission] = []
    _follow(monkeypatch, lambda by, submissions: told.extend(submissions))
    send(cast.ana, answer(BODY))
    derive_next(by=OPERATOR)
    assert told == []
    assert (announce_next(by=OPERATOR), announce_next(by=OPERATOR)) == (1, 0)
    derive_again(by=OPERATOR)
    assert [one.records.count() for one in told] == [6]


def test_a_follower_that_fails_leaves_the_rows_and_a_note(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise ValueError("no such field")

    _follow(monkeypatch, fail)
    send(cast.ana, answer(BODY))
    derive_next(by=OPERATOR)
    announce_next(by=OPERATOR)
    failed = Submission.objects.get()
    assert (failed.derivation, failed.problem) == (Derivation.FAILED, "no such field")
    assert failed.records.count() == 6
    _follow(monkeypatch, lambda by, submissions: None)
    assert derive(by=OPERATOR, submission=failed).derivation == Derivation.DONE


def test_the_audit_trail_vouches_for_what_arrived(cast: Cast) -> None:
    send(cast.ana, answer(BODY))
    send(cast.carla, answer(BODY))
    derive_next(by=OPERATOR)
    assert verify() == []
    Submission.objects.filter(user=cast.ana).update(xml=answer("<name>Other</name>"))
    assert [(one.chain, one.problem) for one in verify()] == [(cast.huancayo.pk, "rows")]
    assert verify(only=[cast.ayacucho.pk]) == []


def _rows() -> object:
    fields = ("submission", "repeat", "position", "parent_position", "values")
    return Record.objects.order_by("submission", "repeat", "position").values_list(*fields)


def _follow(monkeypatch: pytest.MonkeyPatch, follower: following.Follower) -> None:
    monkeypatch.setitem(following._followers, "answers_derived", {"test": follower})


def test_what_cannot_be_read_is_noted_and_the_others_get_their_rows(cast: Cast) -> None:
    for number in range(2):
        send(cast.ana, answer(BODY, instance=f"uuid:{number}"))
    broken = Submission.objects.get(instance_id="uuid:0")
    Submission.objects.filter(pk=broken.pk).update(xml=b"<data")
    work_on_answers(timezone.now())
    told = dict(Submission.objects.values_list("instance_id", "derivation"))
    assert told == {"uuid:0": Derivation.FAILED, "uuid:1": Derivation.DONE}
    assert Record.objects.count() == 6


@pytest.mark.parametrize(("minutes", "rests"), [(0, True), (1, False)])
def test_the_worker_rests_only_while_telephones_send(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, minutes: int, rests: bool
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("yanapay.surveys.tasks.time.sleep", slept.append)
    send(cast.ana, answer(BODY))
    work_on_answers(timezone.now() + timedelta(minutes=minutes))
    assert Submission.objects.get().derivation == Derivation.DONE
    assert bool(slept) is rests
