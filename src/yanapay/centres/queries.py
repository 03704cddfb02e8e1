"""What a user may see and do today."""

from datetime import date

from yanapay.accounts.choices import Permission
from yanapay.accounts.models import User
from yanapay.centres.models import Membership
from yanapay.centres.rules import Scope

OPERATOR = Scope.operator(frozenset(Permission.values))


def scope_of(user: User, on: date) -> Scope:
    """The scope of a user on a day, from the memberships that hold then."""
    grants: dict[int, frozenset[str]] = {}
    names: dict[int, str] = {}
    everywhere: frozenset[str] = frozenset()
    for membership in (
        Membership.objects.current(on).filter(user=user).select_related("role", "centre")
    ):
        granted = frozenset(membership.role.permissions)
        centre = membership.centre_id
        grants[centre] = grants.get(centre, frozenset()) | granted
        names[centre] = membership.centre.name
        everywhere |= granted if membership.role.everywhere else frozenset()
    return Scope(user.pk, user.signature, grants, everywhere, names)
