"""The page of a case: where it stands, what is still missing, what can be done, what happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yanapay.assistance.access import (
    can_assign_case,
    can_edit_case,
    can_move_case,
    can_note_work,
    can_see_costs,
)
from yanapay.assistance.choices import Move, RequestState, Stage, State
from yanapay.assistance.models import Case, Transition
from yanapay.assistance.queries.gates import lacking
from yanapay.assistance.rules.stages import MOVES, Missing, Position, allowed_moves
from yanapay.audit.models import Event
from yanapay.centres.rules import Scope
from yanapay.directory.access import can_see_people
from yanapay.directory.models import Organisation
from yanapay.web.acting import say
from yanapay.web.assistance.cases.contact import contact_of
from yanapay.web.assistance.cases.events import EVENTS
from yanapay.web.assistance.cases.parts import PARTS
from yanapay.web.audit.words import actor_word
from yanapay.web.directory.words import Told
from yanapay.web.http import Request

ICONS = {
    "advance": "arrow-right", "back": "arrow-back-up", "pause": "clock", "resume": "refresh",
    "abandon": "circle-x", "refuse": "circle-x", "reopen": "refresh", "close": "circle-check",
    "open": "plus",
}  # fmt: skip
FORWARD = ("advance", "close", "resume", "reopen")  # the one that applies is the page's main action
EVENTS_SHOWN = 40


@dataclass(frozen=True)
class Step:
    """One of the six stages, as the bar of steps shows it."""

    label: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class Action:
    """A move that the table allows now. ``at_once`` needs neither reason nor anything missing."""

    move: str
    label: str
    icon: str
    url: str
    at_once: bool = False


@dataclass(frozen=True)
class Lack:
    """One thing still missing, with the place where it is put right."""

    text: str
    url: str


def story(request: Request, case: Case) -> dict[str, Any]:
    """Everything the page shows, cut to what the scope may see and do."""
    scope = request.scope
    lacks = [_lack(case, one) for one in lacking(case)] if case.state == State.OPEN else []
    shown = sorted(
        (part for part in PARTS if part.stage <= case.stage), key=lambda part: -part.stage
    )
    may_move = can_move_case(scope, case)
    moves = actions(case, is_complete=not lacks) if may_move else []
    main = next((one for one in moves if one.move in FORWARD), None)
    return {
        "case": case, "today": timezone.localdate(), "days": days_in_stage(case, timezone.localdate()),
        "steps": steps(case), "lacks": lacks, "main": main,
        "moves": [one for one in moves if one is not main],
        "may_edit": can_edit_case(scope, case), "may_note": can_note_work(scope, case),
        "may_see_costs": can_see_costs(scope, case.centre_id),
        "may_assign": can_assign_case(scope, case) and case.state in (State.OPEN, State.PAUSED),
        "may_see_people": can_see_people(scope, case.organisation),
        "may_open_organisation": _may_open(scope, case.organisation),
        "contact": contact_of(case, request.user) if can_see_people(scope, case.organisation) else None,
        "parts": [(part, part.context(request, case)) for part in shown],
        "transfer": case.transfers.filter(state=RequestState.PENDING).select_related("target").first(),
        "following": case.following.order_by("pk"),
        "course": [_moved(one) for one in case.transitions.order_by("-pk")],
        "trail": trail(case) if scope.may("assistance.view", case.centre_id) else [],
    }  # fmt: skip


def steps(case: Case) -> list[Step]:
    """The bar of the six stages; a closed case has all of them behind it."""
    first = {part.stage: part.key for part in reversed(PARTS)}
    is_over = case.state == State.CLOSED
    return [
        Step(str(stage.label), _state(case, stage, is_over=is_over),
             f"#{first[stage]}" if stage in first else "")
        for stage in Stage
    ]  # fmt: skip


def actions(case: Case, *, is_complete: bool) -> list[Action]:
    """The moves that the table allows from here."""
    return [
        _action(case, move, is_complete=is_complete)
        for move in allowed_moves(Position(case.stage, case.state))
    ]


def trail(case: Case) -> list[Told]:
    """What was noted in the case, newest first."""
    events = Event.objects.about("case", case.pk).newest_first()[:EVENTS_SHOWN]
    return [_told(event) for event in events]


def days_in_stage(case: Case, today: date) -> int:
    return (today - case.stage_since).days


def _state(case: Case, stage: int, *, is_over: bool) -> str:
    if is_over or stage < case.stage:
        return "done"
    return "current" if stage == case.stage else "todo"


def _action(case: Case, move: str, *, is_complete: bool) -> Action:
    rule = MOVES[move]
    at_once = not rule.needs_reason and (is_complete or not rule.passes_gate)
    url = reverse("assistance:move", args=[case.pk, move])
    return Action(move, str(Move(move).label), ICONS[move], url, at_once)


def _lack(case: Case, missing: Missing) -> Lack:
    return Lack(say(missing.message), f"#{missing.part}")


def _may_open(scope: Scope, organisation: Organisation) -> bool:
    return Organisation.objects.visible_to(scope).filter(pk=organisation.pk).exists()


def _moved(one: Transition) -> Told:
    title = str(one.get_move_display())
    if one.from_stage and one.from_stage != one.to_stage:
        title = f"{one.get_from_stage_display()} → {one.get_to_stage_display()}"
    elif one.move == Move.OPEN:
        title = str(EVENTS["case_opened"][1])
    else:
        title = str(EVENTS.get(f"case_{one.move}", ("", title))[1])
    return Told(
        one.on, ICONS.get(one.move, "arrow-right"), title, actor_word(one.by_name), one.reason
    )


def _told(event: Event) -> Told:
    code = event.action.partition(".")[2]
    icon, words = EVENTS.get(code, ("notes", code.replace("_", " ")))
    return Told(event.at, icon, str(words), actor_word(event.actor_name), event.reason)
