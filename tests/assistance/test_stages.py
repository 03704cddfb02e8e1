"""The table of transitions and the gates: pure rules."""

from dataclasses import replace
from datetime import date

import pytest

from yanapay.assistance.rules.stages import (
    GATES,
    MOVES,
    Facts,
    Position,
    after,
    allowed_moves,
    missing,
    pass_gate,
)
from yanapay.kernel.errors import RuleBroken

DAY = date(2026, 3, 2)
COMPLETE = Facts(
    contacted_on=DAY, has_conflict=False, has_consent=True, diagnosed_on=DAY, has_baseline=True,
    has_central_problem=True, addressable_causes=2, has_accepted_plan=True, tasks=3, visits_done=1,
    technologies=1, ended_on=DAY, evaluated_on=DAY, has_satisfaction=True, is_confirmed=True,
)  # fmt: skip


@pytest.mark.parametrize("stage", GATES)
def test_a_complete_case_passes_every_gate(stage: int) -> None:
    assert missing(stage, COMPLETE) == []


@pytest.mark.parametrize(
    ("stage", "lack", "part"),
    [
        (1, {"has_consent": False}, "promotion"),
        (1, {"has_conflict": True}, "promotion"),
        (2, {"addressable_causes": 0}, "tree"),
        (3, {"has_accepted_plan": False}, "plan"),
        (4, {"unanswered_assignments": 1}, "team"),
        (5, {"milestones_open": 1}, "team"),
        (5, {"ended_on": None}, "visits"),
        (6, {"indicators_unmeasured": 1}, "evaluation"),
    ],
)
def test_a_gate_names_what_is_missing_and_where(
    stage: int, lack: dict[str, object], part: str
) -> None:
    facts = replace(COMPLETE, **lack)  # type: ignore[arg-type]
    assert [found.part for found in missing(stage, facts)] == [part]
    with pytest.raises(RuleBroken, match="still missing"):
        pass_gate(stage, facts)


def test_going_back_abandoning_and_refusing_need_a_reason() -> None:
    for move in ("back", "pause", "abandon", "refuse"):
        with pytest.raises(RuleBroken, match="Say why"):
            after(Position(3, "open"), move, " ")


def test_a_closed_case_goes_nowhere() -> None:
    assert allowed_moves(Position(6, "closed")) == []
    with pytest.raises(RuleBroken, match="cannot do that"):
        after(Position(6, "closed"), "reopen", "mistake")


def test_no_move_leaves_the_six_stages() -> None:
    for state in ("open", "paused", "abandoned", "refused", "closed"):
        for stage in range(1, 7):
            for move in allowed_moves(Position(stage, state)):
                reached = after(Position(stage, state), move, "because")
                assert 1 <= reached.stage <= 6
                assert MOVES[move].needs_reason or move in ("advance", "resume", "close")
