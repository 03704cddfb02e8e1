"""Finding what a page of the work is about, and whether the user may work on it."""

from django.shortcuts import get_object_or_404

from yanapay.assistance.access import can_work_on
from yanapay.assistance.models import Assignment, Case, Milestone, Visit
from yanapay.assistance.queries.cases import open_case
from yanapay.kernel.errors import NotAllowed
from yanapay.web.assistance.pages import REFUSED
from yanapay.web.http import Request


def own_assignment(request: Request, case: Case) -> Assignment | None:
    """The accepted assignment of the user in the case, when they are its specialist."""
    found = case.assignments.filter(specialist__user=request.user, state="accepted")
    return found.select_related("specialist").first()


def visit_to_note(request: Request, pk: int, visit: int) -> Visit:
    """A visit of the case that the user may note: any for staff, their own for a specialist."""
    case = open_case(request.scope, pk)
    found = get_object_or_404(case.visits.select_related("assignment__specialist"), pk=visit)
    _work(request, case, found.assignment)
    found.case = case
    return found


def milestone_of(request: Request, pk: int, milestone: int) -> tuple[Case, Milestone]:
    """A deliverable of the case that the user may work on."""
    case = open_case(request.scope, pk)
    deliverables = Milestone.objects.filter(contract__assignment__case=case)
    found = get_object_or_404(
        deliverables.select_related("contract__assignment__specialist"), pk=milestone
    )
    _work(request, case, found.contract.assignment)
    return case, found


def _work(request: Request, case: Case, assignment: Assignment | None) -> None:
    if not can_work_on(request.scope, case, assignment):
        raise NotAllowed(REFUSED)
