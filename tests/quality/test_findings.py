"""A non-conformity from its discovery to the check that its correction worked."""

from datetime import date

import pytest
from tests.factories.directory import BY, make_centre, make_scope, make_user

from yanapay.centres.queries import scope_of
from yanapay.kernel.errors import EditConflict, NotFound, RuleBroken
from yanapay.quality.access import can_close_finding, can_correct_finding
from yanapay.quality.actions.findings import (
    close_finding,
    hand_over_findings,
    note_finding,
    plan_correction,
)
from yanapay.quality.models import Nonconformity
from yanapay.quality.queries.findings import open_finding, owned_by, waiting

FOUND = date(2026, 3, 2)


def make_finding(centre: str = "huancayo") -> Nonconformity:
    return note_finding(
        by=BY, centre=make_centre(centre), kind="minor", found_on=FOUND,
        description="El diagnóstico no tiene firma de la empresa.",
    )  # fmt: skip


def planned(finding: Nonconformity, user: object) -> Nonconformity:
    return plan_correction(
        by=BY, finding=finding, cause="No se llevó impreso", correction="Llevar la ficha", responsible=user,
        due_on=date(2026, 3, 30),
    )  # fmt: skip


def test_found_corrected_and_checked(db: None) -> None:
    finding = make_finding()
    assert finding.number == "NC-2026-0001"
    with pytest.raises(RuleBroken, match="first"):
        close_finding(by=BY, finding=finding, on=FOUND, verification="Se vio")
    finding = planned(finding, make_user())
    assert finding.state == "acting"
    with pytest.raises(RuleBroken, match="how it was checked"):
        close_finding(by=BY, finding=finding, on=FOUND, verification=" ")
    finding = close_finding(
        by=BY, finding=finding, on=date(2026, 4, 1), verification="Tres fichas firmadas"
    )
    assert (finding.state, finding.closed_on) == ("closed", date(2026, 4, 1))
    with pytest.raises(RuleBroken, match="closed"):
        planned(finding, make_user())


def test_two_people_writing_the_correction(db: None) -> None:
    finding = make_finding()
    planned(finding, make_user())
    with pytest.raises(EditConflict):
        plan_correction(by=BY, finding=finding, cause="a", correction="b", responsible=make_user(),
                        due_on=FOUND, version=finding.version)  # fmt: skip


def test_who_sees_corrects_and_closes(db: None) -> None:
    finding, promoter = make_finding(), make_user()
    finding = planned(finding, promoter)
    answers, coordinator = scope_of(promoter, FOUND), make_scope("coordinator")
    assert can_correct_finding(answers, finding)
    assert not can_close_finding(answers, finding)
    assert can_close_finding(coordinator, finding)
    assert not can_correct_finding(make_scope("promoter"), finding)
    with pytest.raises(NotFound):
        open_finding(make_scope("coordinator", make_centre("ayacucho")), finding.pk)


def test_it_waits_for_whoever_answers_and_passes_to_the_heir(db: None) -> None:
    leaver, heir = make_user(), make_user()
    finding = planned(make_finding(), leaver)
    item = waiting(scope_of(leaver, FOUND), 5)[0]
    assert (item.due, item.is_mine) == (finding.due_on, True)
    assert hand_over_findings(by=BY, from_user_id=leaver.pk, to_user_id=heir.pk) == 1
    assert (owned_by(leaver.pk), owned_by(heir.pk)) == (0, 1)
