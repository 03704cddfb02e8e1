"""The action plan: who does what from when to when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from yanapay.assistance.choices import Doer, PlanState
from yanapay.assistance.models import Case, PlanAction, Task
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.rules.delivery import in_order, spread
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.changes import compare
from yanapay.kernel.errors import RuleBroken

EDITABLE = frozenset({
    "title", "doer", "assignment", "action", "starts_on", "due_on", "deliverable",
})  # fmt: skip


@transaction.atomic
def add_task(*, by: Actor, case: Case, fields: Mapping[str, Any]) -> Task:
    """A step of the action plan. ``fields`` are names of :data:`EDITABLE`."""
    case = standing(case)
    last = case.tasks.aggregate(last=Max("position"))["last"]
    task = Task(case=case, position=0 if last is None else last + 1)
    _assign(task, fields)
    task.save()
    _record(by, "assistance.task_added", task)
    return task


@transaction.atomic
def tasks_from_plan(*, by: Actor, case: Case, starts_on: date, ends_on: date) -> list[Task]:
    """A task for every action of the accepted plan that has none, one after another between two days."""
    case = standing(case)
    in_order(starts_on, ends_on, "The end lies before the beginning.", "ends_on")
    actions = list(
        PlanAction.objects.filter(
            plan__case=case, plan__state=PlanState.ACCEPTED, tasks=None
        ).order_by("position", "pk")
    )
    if not actions:
        raise RuleBroken("Every action of the accepted plan has its task.")
    periods = spread(starts_on, ends_on, len(actions))
    return [
        add_task(by=by, case=case, fields={
            "title": action.action[:200], "doer": Doer.CENTRE, "action": action, "starts_on": begin,
            "due_on": end, "deliverable": action.result[:200],
        })
        for action, (begin, end) in zip(actions, periods, strict=True)
    ]  # fmt: skip


@transaction.atomic
def change_task(*, by: Actor, task: Task, fields: Mapping[str, Any]) -> Task:
    """Change a step that is not done yet."""
    task = _open(task)
    changes = compare({name: getattr(task, name) for name in fields}, fields)
    if changes:
        _assign(task, fields)
        task.save()
        _record(by, "assistance.task_changed", task, {"fields": sorted(changes.fields)})
    return task


@transaction.atomic
def finish_task(*, by: Actor, task: Task, on: date) -> Task:
    """A step is done."""
    task = _open(task)
    in_order(task.case.opened_on, on, "This is before the case was opened ({on}).", "on")
    task.done_on = on
    task.save(update_fields=["done_on"])
    _record(by, "assistance.task_done", task, {"on": on})
    return task


@transaction.atomic
def resume_task(*, by: Actor, task: Task) -> Task:
    """A step was not done after all."""
    task = _locked(task)
    if task.done_on:
        task.done_on = None
        task.save(update_fields=["done_on"])
        _record(by, "assistance.task_resumed", task)
    return task


@transaction.atomic
def remove_task(*, by: Actor, task: Task) -> None:
    """A step is not needed; what was done stays."""
    task = _open(task)
    _record(by, "assistance.task_removed", task)
    task.delete()


def _assign(task: Task, fields: Mapping[str, Any]) -> None:
    for name in EDITABLE.intersection(fields):
        setattr(task, name, fields[name])
    in_order(
        task.case.opened_on,
        task.starts_on,
        "This is before the case was opened ({on}).",
        "starts_on",
    )
    in_order(task.starts_on, task.due_on, "The end lies before the beginning.", "due_on")
    if task.doer != Doer.SPECIALIST:
        task.assignment = None
    if task.assignment and task.assignment.case_id != task.case_id:
        raise RuleBroken("This specialist was not asked for this case.", field="assignment")
    if task.action and task.action.plan.case_id != task.case_id:
        raise RuleBroken("This action belongs to another case.", field="action")


def _locked(task: Task) -> Task:
    standing(task.case)
    return Task.objects.select_for_update(of=("self",)).select_related("case").get(pk=task.pk)


def _open(task: Task) -> Task:
    task = _locked(task)
    if task.done_on:
        raise RuleBroken("This task is done. Mark it as not done first.")
    return task


def _record(by: Actor, action: str, task: Task, changes: Mapping[str, Any] | None = None) -> None:
    record(by=by, action=action, object_type="case", object_id=task.case_id,
           changes={"task": task.pk, **(changes or {})})  # fmt: skip
