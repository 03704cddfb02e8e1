"""Who may manage whom and what. Each docstring is the policy."""

from collections.abc import Iterable

from yanapay.accounts.choices import Permission
from yanapay.accounts.models import Role
from yanapay.centres.models import Centre, Membership
from yanapay.centres.rules import Scope


def can_manage_centre(scope: Scope, centre: Centre) -> bool:
    """Centres and institutions are managed by whoever holds centres.manage there."""
    return scope.may(Permission.CENTRES_MANAGE, centre.pk)


def can_manage_team(scope: Scope, centre: Centre) -> bool:
    """Teams are made by whoever manages the users of the centre, or the centre."""
    return scope.may(Permission.USERS_MANAGE, centre.pk) or can_manage_centre(scope, centre)


def can_grant_role(scope: Scope, role: Role, centre: Centre | None) -> bool:
    """Nobody gives away more than they hold.

    In a centre: users.manage there, and every permission of the role. A role that holds everywhere,
    or any role without a centre, only from somebody who manages users everywhere.
    """
    if role.everywhere or centre is None:
        return {Permission.USERS_MANAGE, *role.permissions} <= scope.everywhere
    asked = [Permission.USERS_MANAGE, *role.permissions]
    own = frozenset({Permission.OWN_VIEW})
    return all(scope.may(permission, centre.pk) for permission in asked if permission not in own)


def can_manage_user(scope: Scope, memberships: Iterable[Membership]) -> bool:
    """A user is managed by whoever could have granted all of the user's current memberships."""
    if Permission.USERS_MANAGE in scope.everywhere:
        return True
    return scope.may(Permission.USERS_MANAGE) and all(
        can_grant_role(scope, membership.role, membership.centre) for membership in memberships
    )
