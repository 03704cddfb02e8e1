"""Opening cases, moving them through the stages, and choosing who answers for them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.assistance.choices import Move, Round, Stage, State
from yanapay.assistance.models import Case, Diagnosis, Evaluation, Promotion, Transition
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.queries.gates import facts_of
from yanapay.assistance.rules.founding import require_founded
from yanapay.assistance.rules.stages import (
    FINAL_FROM,
    FINAL_UNTIL,
    MOVES,
    Position,
    after,
    pass_gate,
)
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.centres.models import Centre
from yanapay.directory.actions.consents import give_consent
from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Organisation
from yanapay.kernel.changes import compare, require_version
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import words
from yanapay.quality.actions.numbers import next_number

SERIES = "SAT"
EDITABLE = frozenset({"title", "line", "topic", "subsector", "contact", "ended_on"})
PROMOTION = frozenset({
    "origin", "origin_detail", "contacted_on", "conversation", "expectations", "has_conflict",
    "conflict_note", "consent",
})  # fmt: skip
LATER = {Round.HALF_YEAR: 183, Round.YEAR: 365}  # days after the end
WEEKS_AROUND = timedelta(days=30)


@transaction.atomic
def open_case(
    *, by: Actor, centre: Centre, organisation: Organisation, responsible: User, on: date,
    fields: Mapping[str, Any], origin: str, previous: Case | None = None,
) -> Case:  # fmt: skip
    """A new case in its first stage.

    ``fields`` are names of :data:`EDITABLE`; title, line and subsector are needed.
    """
    require_founded(on, organisation.start_date)
    case = Case(centre=centre, organisation=organisation, responsible=responsible, opened_on=on,
                stage_since=on, previous=previous, is_fictitious=centre.is_fictitious, **fields)  # fmt: skip
    case.number = next_number(by=by, centre=centre, code=SERIES, year=on.year)
    case.keep_searchable()
    case.save(force_insert=True)
    search.learn(words(case.search_text))
    Promotion.objects.create(case=case, origin=origin, contacted_on=on)
    _write_transition(by, case, Move.OPEN, None, on, "")
    _record(
        by, "assistance.case_opened", case, {"number": case.number, "organisation": organisation.pk}
    )
    return case


@transaction.atomic
def change_case(
    *, by: Actor, case: Case, fields: Mapping[str, Any], version: int | None = None
) -> Case:
    """Change what the case is about. ``version`` is the one the editor saw; another raises EditConflict."""
    current = standing(case)
    require_version(version, current.version)
    changes = compare({f: getattr(current, f) for f in fields}, fields)
    if not changes:
        return current
    for name in EDITABLE.intersection(fields):
        setattr(current, name, fields[name])
    _ends_after(current)
    known_as = current.search_text
    current.keep_searchable()
    search.learn_change(known_as, current.search_text)
    _save(current)
    _record(by, "assistance.case_changed", current, changes.public)
    return current


@transaction.atomic
def write_promotion(
    *, by: Actor, case: Case, fields: Mapping[str, Any], version: int | None = None,
    consent: Mapping[str, Any] | None = None, on: date | None = None,
) -> Promotion:  # fmt: skip
    """The record of the first stage. ``fields`` are names of :data:`PROMOTION`; no text enters the trail.

    ``consent`` (channel, text_version) is what the enterprise agreed to on the day ``on``.
    """
    case = standing(case)
    promotion, _ = Promotion.objects.select_for_update().get_or_create(case=case)
    require_version(version, promotion.version)
    contacted = fields.get("contacted_on")
    if contacted:
        require_founded(contacted, case.organisation.start_date)
    for name in PROMOTION.intersection(fields):
        setattr(promotion, name, fields[name])
    if consent and on:
        promotion.consent = give_consent(by=by, about=case.organisation, purpose=ConsentPurpose.SERVICE,
                                         given_on=on, **consent)  # fmt: skip
    promotion.version += 1
    promotion.save()
    _record(by, "assistance.promotion_written", case, {"fields": sorted(fields)})
    return promotion


@transaction.atomic
def move_case(*, by: Actor, case: Case, move: str, on: date, reason: str = "") -> Case:
    """Move a case along the table of transitions, through the gate where there is one.

    Raises RuleBroken with the sentence that says what is missing, or that the move is not allowed now.
    """
    current = Case.objects.select_for_update().get(pk=case.pk)
    came_from = Position(current.stage, current.state)
    goes_to = after(came_from, move, reason)
    if on < current.stage_since:
        raise RuleBroken("This is before the day on which the stage began.", field="on")
    if MOVES[move].passes_gate:
        pass_gate(current.stage, facts_of(current))
    current.stage, current.state = goes_to.stage, goes_to.state
    if goes_to.stage != came_from.stage:
        current.stage_since = on
    current.closed_on = on if goes_to.state == State.CLOSED else None
    _save(current)
    _write_transition(by, current, move, came_from, on, reason)
    _arrive(current)
    changes = compare(
        {"stage": came_from.stage, "state": came_from.state},
        {"stage": goes_to.stage, "state": goes_to.state},
    )
    _record(by, f"assistance.case_{move}", current, changes.public, reason)
    return current


@transaction.atomic
def assign_case(*, by: Actor, case: Case, responsible: User) -> Case:
    """Choose who answers for a case from now on."""
    current = standing(case)
    if current.responsible_id != responsible.pk:
        changes = {"responsible": [current.responsible_id, responsible.pk]}
        current.responsible = responsible
        _save(current)
        _record(by, "assistance.case_assigned", current, changes)
    return current


@transaction.atomic
def hand_over_cases(*, by: Actor, from_user_id: int, to_user_id: int) -> int:
    """Pass the standing cases of a leaver to a colleague: one event, however many."""
    cases = Case.objects.standing().filter(responsible=from_user_id)
    keys = list(cases.values_list("pk", flat=True))
    Case.objects.filter(pk__in=keys).update(responsible=to_user_id)
    if keys:
        record(by=by, action="assistance.cases_handed_over", object_type="user", object_id=from_user_id,
               changes={"to": to_user_id, "count": len(keys), "cases": keys[:200]})  # fmt: skip
    return len(keys)


def _save(case: Case) -> None:
    case.version += 1
    case.save()


def _ends_after(case: Case) -> None:
    if case.ended_on and case.ended_on < case.opened_on:
        raise RuleBroken("The work cannot end before the case was opened.", field="ended_on")


def _arrive(case: Case) -> None:
    """What a stage needs from its first day."""
    if case.state != State.OPEN:
        return
    if case.stage == Stage.DIAGNOSIS:
        Diagnosis.objects.get_or_create(case=case)
    if case.stage == Stage.EVALUATION and case.ended_on:
        _plan_evaluations(case, case.ended_on)


def _plan_evaluations(case: Case, ended: date) -> None:
    final = (ended + timedelta(days=FINAL_FROM), ended + timedelta(days=FINAL_UNTIL))
    later = {when: ended + timedelta(days=days) for when, days in LATER.items()}
    due = {Round.FINAL: final} | {when: (day - WEEKS_AROUND, day) for when, day in later.items()}
    Evaluation.objects.bulk_create(
        (Evaluation(case=case, round=when, due_from=since, due_on=until)
         for when, (since, until) in due.items()),
        update_conflicts=True, unique_fields=["case", "round"], update_fields=["due_from", "due_on"],
    )  # fmt: skip


def _write_transition(
    by: Actor, case: Case, move: str, came_from: Position | None, on: date, reason: str
) -> None:
    Transition.objects.create(
        case=case, move=move, to_stage=case.stage, to_state=case.state, on=on, reason=reason,
        from_stage=came_from.stage if came_from else None,
        from_state=came_from.state if came_from else "", by_name=by.user_name,
    )  # fmt: skip


def _record(
    by: Actor, action: str, case: Case, changes: Mapping[str, Any], reason: str = ""
) -> None:
    record(
        by=by, action=action, object_type="case", object_id=case.pk, changes=changes, reason=reason
    )
