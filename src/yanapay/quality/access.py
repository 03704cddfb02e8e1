"""Who may do what with the quality record. Each docstring is the policy."""

from yanapay.centres.rules import Scope
from yanapay.quality.choices import FindingState
from yanapay.quality.models import Nonconformity


def can_correct_finding(scope: Scope, finding: Nonconformity) -> bool:
    """Whoever keeps the quality record, and whoever answers for the finding, until it is closed."""
    if finding.state == FindingState.CLOSED:
        return False
    answers = scope.user_id is not None and finding.responsible_id == scope.user_id
    return answers or scope.may("quality.manage", finding.centre_id)


def can_close_finding(scope: Scope, finding: Nonconformity) -> bool:
    """Whoever keeps the quality record: nobody else says that a correction worked."""
    acting = finding.state == FindingState.ACTING
    return acting and scope.may("quality.manage", finding.centre_id)
