"""Who may do what with a case. Each docstring is the policy."""

from yanapay.assistance.choices import AssignmentState, State
from yanapay.assistance.models import Assignment, Case, Consultation, Contract, ServiceTransfer
from yanapay.centres.rules import Scope
from yanapay.directory.choices import PersonRole
from yanapay.directory.models import PersonRoleRecord
from yanapay.quality.models import Document

LEADERS = (PersonRole.OWNER, PersonRole.MANAGER, PersonRole.REPRESENTATIVE)


def can_edit_case(scope: Scope, case: Case) -> bool:
    """Staff who serve clients in the centre of the case, while somebody answers for it."""
    return case.state in (State.OPEN, State.PAUSED) and scope.may("assistance.edit", case.centre_id)


def can_settle_case(scope: Scope, case: Case) -> bool:
    """Staff who serve clients in the centre of the case, also after its end: payments, evaluations."""
    return scope.may("assistance.edit", case.centre_id)


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


def can_answer_assignment(scope: Scope, assignment: Assignment) -> bool:
    """The specialist who was asked; staff of the case for one who has no sign-in."""
    specialist = assignment.specialist
    if specialist.user_id is None:
        return can_edit_case(scope, assignment.case)
    return specialist.user_id == scope.user_id and scope.may("assistance.serve")


def can_work_on(scope: Scope, case: Case, assignment: Assignment | None) -> bool:
    """A visit, task or deliverable: staff of the case, or the specialist whose own work it is."""
    if can_edit_case(scope, case):
        return True
    own = assignment is not None and assignment.specialist.user_id == scope.user_id
    return own and can_serve_case(scope, case)


def can_decide_for_enterprise(scope: Scope, case: Case) -> bool:
    """Whoever leads the enterprise, from their own account: accepting what a specialist delivered."""
    if scope.user_id is None:
        return False
    leads = PersonRoleRecord.objects.filter(
        organisation=case.organisation_id, until=None, role__in=LEADERS, person__account__user=scope.user_id
    )  # fmt: skip
    return leads.exists()


def can_note_work(scope: Scope, case: Case) -> bool:
    """Whoever may note what was done in the case: its staff and its specialist."""
    return can_edit_case(scope, case) or can_serve_case(scope, case)


def can_edit_consultation(scope: Scope, consultation: Consultation) -> bool:
    """Staff who serve clients in the centre of the consultation."""
    return scope.may("assistance.edit", consultation.centre_id)


def can_see_costs(scope: Scope, centre_id: int) -> bool:
    """Whoever keeps the accounts of the centre."""
    return scope.may("costing.view", centre_id)


def can_transfer_service(scope: Scope, transfer: ServiceTransfer) -> bool:
    """Whoever manages centres, or assigns work in the one that is handed over."""
    return scope.may("centres.manage") or scope.may("assistance.assign", transfer.centre_id)


def can_issue_document(scope: Scope, case: Case, *, by_specialist: bool = False) -> bool:
    """Staff who serve clients in the centre of the case, also after its end; its specialist what is theirs."""
    if scope.may("assistance.edit", case.centre_id):
        return True
    return by_specialist and can_serve_case(scope, case)


def can_open_document(scope: Scope, document: Document) -> bool:
    """The centre that issued it and the one that keeps the case; the specialist and whoever leads the
    enterprise of the case. A contract: besides the centres only the specialist who signed it."""
    if scope.may("assistance.view", document.centre_id):
        return True
    case = Case.objects.filter(pk=document.subject_id).first()
    if document.subject_type != "case" or case is None:
        return False
    if document.about.startswith("contract:"):
        signed = Contract.objects.filter(pk=document.about.removeprefix("contract:"))
        theirs = signed.filter(assignment__specialist__user=scope.user_id)
        return scope.may("assistance.view", case.centre_id) or (
            scope.user_id is not None and theirs.exists()
        )
    seen = Case.objects.visible_to(scope).filter(pk=case.pk)
    return seen.exists() or can_decide_for_enterprise(scope, case)
