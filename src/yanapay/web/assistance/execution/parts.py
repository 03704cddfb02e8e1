"""The sections of the case page for its team, tasks, visits and technologies."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.access import can_answer_assignment, can_work_on
from yanapay.assistance.choices import AssignmentState, PlanState, Stage
from yanapay.assistance.models import Assignment, Case
from yanapay.assistance.queries.delivery import tallies
from yanapay.web.assistance.parts import Part
from yanapay.web.http import Request

WORDS = {
    "visits": _("Visits made, of those planned"),
    "hours": _("Hours of visit, of those in the budget"),
    "tasks": _("Tasks done"),
    "deliverables": _("Deliverables accepted"),
    "paid": _("Paid to specialists, of what was agreed"),
}


def _team(request: Request, case: Case) -> dict[str, Any]:
    found = case.assignments.select_related(
        "specialist__person", "specialist__organisation", "contract"
    ).prefetch_related("contract__milestones__files")
    rows = [_member(request, case, one) for one in found.order_by("asked_on", "pk")]
    gone = (AssignmentState.DECLINED, AssignmentState.EXPIRED, AssignmentState.ENDED)
    return {
        "members": [row for row in rows if row["assignment"].state not in gone],
        "gone": [row for row in rows if row["assignment"].state in gone],
        "may_pay": request.scope.may("assistance.edit", case.centre_id),
        "today": timezone.localdate(),
    }


def _member(request: Request, case: Case, assignment: Assignment) -> dict[str, Any]:
    assignment.case = case
    asked = assignment.state == AssignmentState.ASKED
    return {
        "assignment": assignment,
        "contract": getattr(assignment, "contract", None),
        "may_answer": asked and can_answer_assignment(request.scope, assignment),
        "may_deliver": can_work_on(request.scope, case, assignment),
    }


def _tasks(request: Request, case: Case) -> dict[str, Any]:
    listed = case.tasks.select_related("assignment__specialist__person", "action")
    taken = case.plans.filter(state=PlanState.ACCEPTED, actions__tasks=None, actions__isnull=False)
    return {
        "tasks": [
            {"task": task, "may_finish": can_work_on(request.scope, case, task.assignment)}
            for task in listed
        ],
        "has_untasked": taken.exists(),
        "today": timezone.localdate(),
    }


def _visits(request: Request, case: Case) -> dict[str, Any]:
    listed = case.visits.select_related(
        "assignment__specialist__person", "visitor"
    ).prefetch_related("files")
    return {
        "visits": [
            {"visit": visit, "may_note": can_work_on(request.scope, case, visit.assignment)}
            for visit in listed
        ],
        "tallies": [(WORDS[tally.key], tally) for tally in tallies(case)],
        "files": case.files.filter(visit=None, milestone=None).order_by("pk"),
        "today": timezone.localdate(),
    }


def _technologies(request: Request, case: Case) -> dict[str, Any]:
    return {"uses": case.technologies.select_related("technology").order_by("applied_on", "pk")}


PARTS: tuple[Part, ...] = (
    Part("team", Stage.ACTION_PLAN, _("Team"), "users", "assistance/execution/team.html", _team),
    Part("tasks", Stage.ACTION_PLAN, _("Action plan"), "list-check", "assistance/execution/tasks.html", _tasks),
    Part("visits", Stage.EXECUTION, _("Visits"), "route", "assistance/execution/visits.html", _visits),
    Part("technologies", Stage.EXECUTION, _("Technologies applied"), "tag",
         "assistance/execution/technologies.html", _technologies),
)  # fmt: skip
