"""Who may decide on pairs. Each docstring is the policy."""

from yanapay.centres.rules import Scope
from yanapay.directory.models import Merge
from yanapay.linkage.models import CandidatePair


def can_decide_pair(scope: Scope, pair: CandidatePair) -> bool:
    """Whoever merges in the centres of both records."""
    return scope.may("directory.merge", pair.left.centre_id) and scope.may(
        "directory.merge", pair.right.centre_id
    )


def can_undo_merge(scope: Scope, merge: Merge) -> bool:
    """Whoever merges in the centres of both records."""
    return scope.may("directory.merge", merge.keep.centre_id) and scope.may(
        "directory.merge", merge.drop.centre_id
    )
