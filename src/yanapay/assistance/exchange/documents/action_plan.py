"""Action plan: tasks, who, when, and the visits planned (F-SAT-04)."""

from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.choices import AssignmentState
from yanapay.assistance.exchange.documents.wording import (
    Column,
    amount,
    centre_signature,
    day,
    enterprise_signature,
    identity,
    signature,
    table,
)
from yanapay.assistance.models import Case, Task, Visit


def build(case: Case) -> dict[str, Any]:
    """Who does what until when."""
    team = case.assignments.filter(state=AssignmentState.ACCEPTED).select_related(
        "specialist__person", "specialist__organisation"
    )
    return {
        "identity": identity(case),
        "tasks_title": gettext("Tasks"),
        "tasks": tasks(case),
        "visits_title": gettext("Visits planned"),
        "visits": _visits(case),
        "team_title": gettext("Specialists"),
        "team": table(
            [Column(gettext("Specialist"), 1), Column(gettext("What is asked"), 2)],
            [(str(one.specialist), one.task or "—") for one in team],
            empty=gettext("The centre works alone."),
        ),
        "signatures": [
            centre_signature(case),
            enterprise_signature(case),
            *(signature(str(one.specialist), gettext("Specialist")) for one in team),
        ],
    }


def tasks(case: Case) -> dict[str, Any]:
    """The tasks in the order of their days."""
    columns = [
        amount(gettext("No.")), Column(gettext("Task"), 1.4), Column(gettext("Who"), 0.7),
        Column(gettext("From")), Column(gettext("Until")), Column(gettext("Deliverable"), 0.9),
        Column(gettext("Done on")),
    ]  # fmt: skip
    found = case.tasks.select_related(
        "assignment__specialist__person", "assignment__specialist__organisation"
    )
    rows = [
        (n, task.title, _doer(task), day(task.starts_on), day(task.due_on),
         task.deliverable or "—", day(task.done_on))
        for n, task in enumerate(found, 1)
    ]  # fmt: skip
    return table(columns, rows)


def _doer(task: Task) -> str:
    kind = str(task.get_doer_display())
    return f"{kind}: {task.assignment.specialist}" if task.assignment else kind


def _visits(case: Case) -> dict[str, Any]:
    columns = [
        Column(gettext("Date")), Column(gettext("Hour")), Column(gettext("Purpose"), 1),
        Column(gettext("Who goes"), 0.6),
    ]  # fmt: skip
    planned = case.visits.filter(cancelled_reason="").select_related(
        "visitor", "assignment__specialist__person", "assignment__specialist__organisation"
    )
    rows = [
        (day(v.planned_on), f"{v.planned_at:%H:%M}" if v.planned_at else "—", v.purpose, visitor(v))
        for v in planned
    ]
    return table(columns, rows, empty=gettext("No visit is planned yet."))


def visitor(visit: Visit) -> str:
    """Whoever makes the visit."""
    if visit.assignment:
        return str(visit.assignment.specialist)
    return str(visit.visitor) if visit.visitor else "—"
