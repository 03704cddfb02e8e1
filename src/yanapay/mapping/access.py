"""Who may do what in the mapping. Each docstring is the policy."""

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation
from yanapay.mapping.models import Entry, Interview, Proposal


def can_plan_interviews(scope: Scope, centre_id: int | None = None) -> bool:
    """Whoever reviews answers in the centre says whom to visit and who goes."""
    return scope.may("surveys.review", centre_id)


def can_see_interview(scope: Scope, interview: Interview) -> bool:
    """Those who read the answers of its centre, and the interviewer."""
    return scope.may("surveys.view", interview.centre_id) or is_interviewer(scope, interview)


def is_interviewer(scope: Scope, interview: Interview) -> bool:
    """The person to whom the interview is assigned."""
    return scope.user_id is not None and interview.interviewer_id == scope.user_id


def can_review_proposal(scope: Scope, proposal: Proposal) -> bool:
    """Reviewers of the centre that received it."""
    return scope.may("surveys.review", proposal.centre_id)


def can_review_entry(scope: Scope, entry: Entry) -> bool:
    """Reviewers of the centre that holds the organisation's file."""
    return can_publish(scope, entry.organisation)


def can_publish(scope: Scope, organisation: Organisation) -> bool:
    """Reviewers of the centre that holds the organisation's file."""
    return scope.may("surveys.review", organisation.centre_id)
