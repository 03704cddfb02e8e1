"""Who may do what in the mapping. Each docstring is the policy."""

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation
from yanapay.mapping.models import Interview


def can_plan_interviews(scope: Scope, centre_id: int | None = None) -> bool:
    """Whoever reviews answers in the centre says whom to visit and who goes."""
    return scope.may("surveys.review", centre_id)


def is_interviewer(scope: Scope, interview: Interview) -> bool:
    """The person to whom the interview is assigned."""
    return scope.user_id is not None and interview.interviewer_id == scope.user_id


def can_publish(scope: Scope, organisation: Organisation) -> bool:
    """Reviewers of the centre that holds the organisation's file."""
    return scope.may("surveys.review", organisation.centre_id)
