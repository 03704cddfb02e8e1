"""Visits: planned, made and noted, called off; and the day on which the work ended."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from yanapay.assistance.actions.cases import change_case
from yanapay.assistance.actions.files import Upload, add_case_file
from yanapay.assistance.models import Case, Visit
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.rules.delivery import in_order
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.changes import require_version
from yanapay.kernel.errors import RuleBroken

PLANNED = frozenset({"planned_on", "planned_at", "purpose", "assignment", "visitor"})
NOTED = frozenset({"done_on", "minutes", "women", "men", "notes", "agreements"})
MOST_MINUTES, MOST_PEOPLE = 1440, 1000


@transaction.atomic
def plan_visit(*, by: Actor, case: Case, fields: Mapping[str, Any]) -> Visit:
    """A visit to come. ``fields`` are names of :data:`PLANNED`; an assignment brings its specialist."""
    visit = Visit(case=standing(case))
    _plan(visit, fields)
    visit.save()
    _record(by, "assistance.visit_planned", visit, {"on": visit.planned_on})
    return visit


@transaction.atomic
def change_visit(
    *, by: Actor, visit: Visit, fields: Mapping[str, Any], version: int | None = None
) -> Visit:
    """Another day, hour, purpose or visitor for a visit that was not made yet."""
    visit = _locked(visit, version)
    if visit.done_on:
        raise RuleBroken("This visit was made: correct its notes instead.")
    _plan(visit, fields)
    _save(visit)
    _record(by, "assistance.visit_changed", visit, {"on": visit.planned_on})
    return visit


@transaction.atomic
def note_visit(
    *, by: Actor, visit: Visit, fields: Mapping[str, Any], version: int | None = None,
    files: Sequence[Upload] = (),
) -> Visit:  # fmt: skip
    """What a visit was: ``fields`` are names of :data:`NOTED`; with photos. Noting again corrects it."""
    visit = _locked(visit, version)
    _note(visit, fields, by)
    _save(visit)
    _keep(by, visit, files)
    _record(by, "assistance.visit_noted", visit, _counts(visit))
    return visit


@transaction.atomic
def record_visit(
    *, by: Actor, case: Case, fields: Mapping[str, Any], files: Sequence[Upload] = ()
) -> Visit:
    """A visit that nobody had planned: what it was for and what it became, at once."""
    planned = {name: fields[name] for name in PLANNED.intersection(fields)}
    visit = Visit(case=standing(case))
    _plan(visit, {"planned_on": fields["done_on"], **planned})
    _note(visit, {name: fields[name] for name in NOTED.intersection(fields)}, by)
    visit.save()
    _keep(by, visit, files)
    _record(by, "assistance.visit_noted", visit, _counts(visit))
    return visit


@transaction.atomic
def cancel_visit(*, by: Actor, visit: Visit, reason: str, version: int | None = None) -> Visit:
    """A visit will not take place. It stays in the record with the reason."""
    visit = _locked(visit, version)
    if visit.done_on:
        raise RuleBroken("This visit was made and cannot be called off.")
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    visit.cancelled_reason = reason
    _save(visit)
    _record(by, "assistance.visit_cancelled", visit)
    return visit


@transaction.atomic
def set_end(*, by: Actor, case: Case, on: date, version: int | None = None) -> Case:
    """The day on which the work ended; no visit lies after it, and the evaluation counts from it."""
    last = case.visits.exclude(done_on=None).order_by("-done_on").first()
    if last and last.done_on:
        in_order(last.done_on, on, "There is a visit after this day, on {on}.", "on")
    return change_case(by=by, case=case, fields={"ended_on": on}, version=version)


def _plan(visit: Visit, fields: Mapping[str, Any]) -> None:
    for name in PLANNED.intersection(fields):
        setattr(visit, name, fields[name])
    if not visit.purpose.strip():
        raise RuleBroken("Say what the visit is for.", field="purpose")
    _not_before_case(visit, visit.planned_on, "planned_on")
    if visit.assignment:
        if visit.assignment.case_id != visit.case_id:
            raise RuleBroken("This specialist was not asked for this case.", field="assignment")
        visit.visitor = visit.assignment.specialist.user


def _note(visit: Visit, fields: Mapping[str, Any], by: Actor) -> None:
    for name in NOTED.intersection(fields):
        setattr(visit, name, fields[name])
    if visit.done_on is None:
        raise RuleBroken("Say on which day the visit was.", field="done_on")
    _not_before_case(visit, visit.done_on, "done_on")
    _sound(visit)
    visit.noted_by_name = by.user_name


def _keep(by: Actor, visit: Visit, files: Sequence[Upload]) -> None:
    for upload in files:
        add_case_file(by=by, case=visit.case, visit=visit, upload=upload)


def _sound(visit: Visit) -> None:
    if visit.minutes is not None and not 1 <= visit.minutes <= MOST_MINUTES:
        raise RuleBroken("A visit lasts from one minute to one day.", field="minutes")
    for name in ("women", "men"):
        if not 0 <= (getattr(visit, name) or 0) <= MOST_PEOPLE:
            raise RuleBroken("Between 0 and 1000 people.", field=name)


def _not_before_case(visit: Visit, on: date, field: str) -> None:
    in_order(visit.case.opened_on, on, "This is before the case was opened ({on}).", field)


def _locked(visit: Visit, version: int | None) -> Visit:
    """The visit as it is now; refused when its case has ended, it was called off or somebody saved first."""
    standing(visit.case)
    held = Visit.objects.select_for_update(of=("self",)).select_related("case")
    visit = held.get(pk=visit.pk)
    require_version(version, visit.version)
    if visit.cancelled_reason:
        raise RuleBroken("This visit was called off.")
    return visit


def _save(visit: Visit) -> None:
    visit.version += 1
    visit.save()


def _counts(visit: Visit) -> dict[str, Any]:
    return {"on": visit.done_on, "minutes": visit.minutes, "women": visit.women, "men": visit.men}


def _record(by: Actor, action: str, visit: Visit, changes: Mapping[str, Any] | None = None) -> None:
    record(by=by, action=action, object_type="case", object_id=visit.case_id,
           changes={"visit": visit.pk, **(changes or {})})  # fmt: skip
