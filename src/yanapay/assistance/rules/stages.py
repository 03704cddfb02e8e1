"""The six stages as a table: which moves a case allows, and what each stage asks for before it ends. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message

PROMOTION, DIAGNOSIS, PROPOSAL, ACTION_PLAN, EXECUTION, EVALUATION = range(1, 7)
FINAL_FROM, FINAL_UNTIL = 30, 60  # days after the end, when the final evaluation is made
IDLE_DAYS = 14
ANSWER_DAYS = 3


@dataclass(frozen=True)
class Position:
    """Where a case stands."""

    stage: int
    state: str


@dataclass(frozen=True)
class Rule:
    """One move: from which states it starts, to which it leads, and what it asks for."""

    states: frozenset[str]
    to_state: str
    shift: int = 0
    needs_reason: bool = False
    passes_gate: bool = False
    stages: frozenset[int] = frozenset(range(1, 7))


MOVES = {
    "advance": Rule(frozenset({"open"}), "open", shift=+1, passes_gate=True, stages=frozenset(range(1, 6))),
    "back": Rule(frozenset({"open"}), "open", shift=-1, needs_reason=True, stages=frozenset(range(2, 7))),
    "pause": Rule(frozenset({"open"}), "paused", needs_reason=True),
    "resume": Rule(frozenset({"paused"}), "open"),
    "abandon": Rule(frozenset({"open", "paused"}), "abandoned", needs_reason=True),
    "refuse": Rule(frozenset({"open", "paused"}), "refused", needs_reason=True, stages=frozenset({1, 2, 3})),
    "reopen": Rule(frozenset({"abandoned", "refused"}), "open", needs_reason=True),
    "close": Rule(frozenset({"open"}), "closed", passes_gate=True, stages=frozenset({EVALUATION})),
}  # fmt: skip


def allowed_moves(position: Position) -> list[str]:
    """The moves that the table allows from here, in its order; gates are another matter."""
    return [
        move
        for move, rule in MOVES.items()
        if position.state in rule.states and position.stage in rule.stages
    ]


def after(position: Position, move: str, reason: str = "") -> Position:
    """Where a move leads. Raises RuleBroken when the table does not allow it or a reason is missing."""
    if move not in allowed_moves(position):
        raise RuleBroken(
            "This case cannot do that now. Load the page again to see where it stands."
        )
    rule = MOVES[move]
    if rule.needs_reason and not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    return Position(position.stage + rule.shift, rule.to_state)


@dataclass(frozen=True)
class Facts:
    """What is known of a case when a gate is tried. All counts are of the case itself."""

    contacted_on: date | None = None
    has_conflict: bool | None = None
    conflict_note: str = ""
    has_consent: bool = False
    diagnosed_on: date | None = None
    has_baseline: bool = False
    has_central_problem: bool = False
    addressable_causes: int = 0
    has_accepted_plan: bool = False
    tasks: int = 0
    unanswered_assignments: int = 0
    specialist_tasks_without_specialist: int = 0
    visits_done: int = 0
    milestones_open: int = 0
    technologies: int = 0
    ended_on: date | None = None
    evaluated_on: date | None = None
    has_satisfaction: bool = False
    indicators_unmeasured: int = 0
    is_confirmed: bool = False


@dataclass(frozen=True)
class Missing:
    """One thing that a stage still lacks; ``part`` names the section of the case page where it is put right."""

    part: str
    message: Message


@dataclass(frozen=True)
class Demand:
    """A condition at the end of a stage."""

    part: str
    holds: Callable[[Facts], bool]
    message: Message = field(compare=False)


GATES: dict[int, tuple[Demand, ...]] = {
    PROMOTION: (
        Demand("promotion", lambda f: f.contacted_on is not None,
               Message("The day of the first contact.")),
        Demand("promotion", lambda f: f.has_conflict is not None,
               Message("Whether there is a conflict of interest.")),
        Demand("promotion", lambda f: not f.has_conflict or bool(f.conflict_note.strip()),
               Message("How the conflict of interest is dealt with.")),
        Demand("promotion", lambda f: f.has_consent,
               Message("The consent of the enterprise to the service.")),
    ),
    DIAGNOSIS: (
        Demand("diagnosis", lambda f: f.diagnosed_on is not None, Message("The day of the diagnosis.")),
        Demand("diagnosis", lambda f: f.has_baseline, Message("The figures of the enterprise on that day.")),
        Demand("tree", lambda f: f.has_central_problem, Message("The central problem.")),
        Demand("tree", lambda f: f.addressable_causes > 0,
               Message("At least one cause that can be addressed.")),
    ),
    PROPOSAL: (
        Demand("plan", lambda f: f.has_accepted_plan, Message("A plan that the entrepreneur has accepted.")),
    ),
    ACTION_PLAN: (
        Demand("tasks", lambda f: f.tasks > 0, Message("At least one task with its dates.")),
        Demand("team", lambda f: f.unanswered_assignments == 0,
               Message("The answer of every specialist who was asked.")),
        Demand("team", lambda f: f.specialist_tasks_without_specialist == 0,
               Message("A specialist for every task of a specialist.")),
    ),
    EXECUTION: (
        Demand("visits", lambda f: f.visits_done > 0, Message("At least one visit made.")),
        Demand("technologies", lambda f: f.technologies > 0,
               Message("What changed: at least one technology applied.")),
        Demand("team", lambda f: f.milestones_open == 0,
               Message("Every deliverable accepted by the enterprise.")),
        Demand("visits", lambda f: f.ended_on is not None, Message("The day on which the work ended.")),
    ),
    EVALUATION: (
        Demand("evaluation", lambda f: f.evaluated_on is not None, Message("The final evaluation visit.")),
        Demand("evaluation", lambda f: f.indicators_unmeasured == 0,
               Message("The value of every indicator of the plan.")),
        Demand("evaluation", lambda f: f.has_satisfaction, Message("How satisfied the client is.")),
        Demand("evaluation", lambda f: f.is_confirmed,
               Message("The client's own word on what the change is owed to.")),
    ),
}  # fmt: skip


def missing(stage: int, facts: Facts) -> list[Missing]:
    """What the stage still lacks before the case may go on (or, after the last, close)."""
    return [Missing(d.part, d.message) for d in GATES[stage] if not d.holds(facts)]


def pass_gate(stage: int, facts: Facts) -> None:
    """Raise RuleBroken with the first thing missing; nothing when the stage is complete."""
    lacking = missing(stage, facts)
    if lacking:
        raise RuleBroken("This is still missing: {what}", what=lacking[0].message)
