"""Who may do what with a case. Each docstring is the policy."""

from yanapay.assistance.choices import AssignmentState, State
from yanapay.assistance.models import Assignment, Case
from yanapay.centres.rules import Scope


def can_edit_case(scope: Scope, case: Case) -> bool:
    """Staff who serve clients in the centre of the case, while somebody answers for it."""
    return case.state in (State.OPEN, State.PAUSED) and scope.may("assistance.edit", case.centre_id)


def can_move_case(scope: Scope, case: Case) -> bool:
    """Staff who serve clients; a case that ended is reopened by whoever assigns work."""
    if case.state in (State.ABANDONED, State.REFUSED):
        return scope.may("assistance.assign", case.centre_id)
    return can_edit_case(scope, case)


def can_assign_case(scope: Scope, case: Case) -> bool:
    """Whoever assigns work in the centre of the case: choosing who answers for it, transfers."""
    return scope.may("assistance.assign", case.centre_id)


def can_serve_case(scope: Scope, case: Case) -> bool:
    """The specialist who has accepted the case: visits, deliverables, technologies of their own work."""
    if scope.user_id is None or not scope.may("assistance.serve"):
        return False
    mine = Assignment.objects.filter(case=case, specialist__user=scope.user_id)
    return case.state == State.OPEN and mine.filter(state=AssignmentState.ACCEPTED).exists()


def can_note_work(scope: Scope, case: Case) -> bool:
    """Whoever may note what was done in the case: its staff and its specialist."""
    return can_edit_case(scope, case) or can_serve_case(scope, case)
