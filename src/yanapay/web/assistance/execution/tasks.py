"""The action plan of a case."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.assistance.access import can_work_on
from yanapay.assistance.actions.tasks import (
    add_task,
    change_task,
    finish_task,
    remove_task,
    resume_task,
    tasks_from_plan,
)
from yanapay.assistance.choices import PlanState
from yanapay.assistance.models import Case
from yanapay.assistance.queries.cases import open_case
from yanapay.kernel.errors import NotAllowed
from yanapay.web.acting import accepted, actor, attempt
from yanapay.web.assistance.execution.forms import PeriodForm, TaskForm
from yanapay.web.assistance.pages import REFUSED, back, editable, form_page
from yanapay.web.http import Request


def add(request: Request, pk: int) -> HttpResponse:
    """A further step."""
    case = editable(request, pk)
    form = TaskForm(request.POST or None, case=case, initial={"starts_on": timezone.localdate()})
    if form.is_valid() and attempt(
        form, lambda: add_task(by=actor(request, case), case=case, fields=form.values)
    ):
        return back(request, case, _("The task is in the action plan."), "tasks")
    return form_page(request, form, title=_("Add a task"), case=case, draft="task")


def from_plan(request: Request, pk: int) -> HttpResponse:
    """A task for every action of the accepted plan."""
    case = editable(request, pk)
    form = PeriodForm(request.POST or None, initial=_period(case))
    if accepted(form, tasks_from_plan, by=actor(request, case), case=case):
        return back(
            request, case, _("Each action of the plan has its task. Now say who does it."), "tasks"
        )
    lead = _(
        "The days between are shared among the actions, one after another; change them afterwards."
    )
    return form_page(request, form, title=_("Tasks from the plan"), case=case, lead=lead)


def edit(request: Request, pk: int, task: int) -> HttpResponse:
    """Change a step."""
    case = editable(request, pk)
    found = get_object_or_404(case.tasks, pk=task)
    form = TaskForm(request.POST or None, case=case, instance=found)
    if form.is_valid() and attempt(
        form, lambda: change_task(by=actor(request, case), task=found, fields=form.values)
    ):
        return back(request, case, _("The changes are saved."), "tasks")
    return form_page(request, form, title=_("Change the task"), case=case)


@require_POST
def done(request: Request, pk: int, task: int) -> HttpResponse:
    """A step is done, or was not after all."""
    case = open_case(request.scope, pk)
    found = get_object_or_404(case.tasks.select_related("assignment__specialist"), pk=task)
    if not can_work_on(request.scope, case, found.assignment):
        raise NotAllowed(REFUSED)
    if found.done_on:
        resume_task(by=actor(request, case), task=found)
        return back(request, case, _("The task is open again."), "tasks")
    finish_task(by=actor(request, case), task=found, on=timezone.localdate())
    return back(request, case, _("The task is done."), "tasks")


@require_POST
def remove(request: Request, pk: int, task: int) -> HttpResponse:
    """A step is not needed."""
    case = editable(request, pk)
    remove_task(by=actor(request, case), task=get_object_or_404(case.tasks, pk=task))
    return back(request, case, _("The task is removed."), "tasks")


def _period(case: Case) -> dict[str, object]:
    plan = case.plans.filter(state=PlanState.ACCEPTED).first()
    begins = plan.starts_on if plan else None
    return {"starts_on": begins or timezone.localdate(), "ends_on": plan.ends_on if plan else None}
