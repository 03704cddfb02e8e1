"""What can be done to institutions, centres, teams and the people who work there."""

from yanapay.centres.actions.leavers import deactivate_user
from yanapay.centres.actions.memberships import admit_user, end_membership, grant_membership
from yanapay.centres.actions.organisation import (
    change_centre,
    change_institution,
    create_centre,
    create_institution,
    create_team,
    move_centre,
)

__all__ = [
    "admit_user",
    "change_centre",
    "change_institution",
    "create_centre",
    "create_institution",
    "create_team",
    "deactivate_user",
    "end_membership",
    "grant_membership",
    "move_centre",
]
