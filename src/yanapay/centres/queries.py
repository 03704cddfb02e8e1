"""What a user may see and do today; who works where."""

from datetime import date

from django.db.models import Q, QuerySet

from yanapay.accounts.choices import Permission
from yanapay.accounts.models import Role, User
from yanapay.base.work import WorkSource, owned_by
from yanapay.centres.models import Centre, Membership
from yanapay.centres.rules import Scope

OPERATOR = Scope.operator(frozenset(Permission.values))
NOBODY = Scope(None, "")


def scope_of(user: User, on: date) -> Scope:
    """The scope of a user on a day, from the memberships that hold then."""
    grants: dict[int, frozenset[str]] = {}
    names: dict[int, str] = {}
    everywhere: frozenset[str] = frozenset()
    held = memberships_of(user, on).values_list(
        "role__permissions", "role__everywhere", "centre", "centre__name"
    )
    for permissions, holds_everywhere, centre, name in held:
        granted = frozenset(permissions)
        everywhere |= granted if holds_everywhere else frozenset()
        if centre:
            grants[centre] = grants.get(centre, frozenset()) | granted
            names[centre] = name
    if everywhere:
        names = dict(Centre.objects.values_list("pk", "name"))
    return Scope(user.pk, user.signature, grants, everywhere, names)


def memberships_of(user: User, on: date) -> QuerySet[Membership]:
    """The memberships of a user that hold on a day."""
    current = Membership.objects.current(on).filter(user=user)
    return current.select_related("role", "centre", "team").order_by("centre__name", "role")


def centres_of(scope: Scope) -> QuerySet[Centre]:
    """The centres whose page the user may open: all for an administrator, else the own ones."""
    everyone = Permission.CENTRES_MANAGE in scope.everywhere
    return Centre.objects.all() if everyone else Centre.objects.filter(pk__in=scope.centre_ids)


def users_managed_by(scope: Scope, on: date) -> QuerySet[User]:
    """The users whom the scope may look after, those of its centres, also those who left."""
    centres = scope.centres_with(Permission.USERS_MANAGE)
    if centres is None:
        return User.objects.all()
    members = Membership.objects.filter(centre__in=centres).values("user")
    return User.objects.filter(pk__in=members)


def heirs_of(user: User, on: date) -> QuerySet[User]:
    """Colleagues who could go on with a leaver's work: active, in a centre of the leaver, and able to.

    Able is who may edit the files of the centre, or may do all that the leaver may.
    """
    left = Membership.objects.filter(user=user).select_related("role")
    granted = {permission for membership in left for permission in membership.role.permissions}
    able = [
        role.pk for role in Role.objects.all()
        if Permission.DIRECTORY_EDIT in role.permissions or granted <= set(role.permissions)
    ]  # fmt: skip
    near = Q(centre__in=left.values("centre")) | Q(role__everywhere=True)
    colleagues = Membership.objects.current(on).filter(near, role__in=able).values("user")
    active = User.objects.filter(is_active=True, is_entrepreneur=False).exclude(pk=user.pk)
    return active.filter(pk__in=colleagues).order_by("full_name")


def open_work_of(user: User) -> list[tuple[WorkSource, int]]:
    """What a leaver would leave behind, by kind."""
    return owned_by(user.pk)


def administrators(on: date) -> QuerySet[User]:
    """Users who can manage centres and roles."""
    roles = Membership.objects.current(on).filter(role__everywhere=True)
    return User.objects.filter(pk__in=roles.values("user"))


def institutions_of(centres: QuerySet[Centre]) -> str:
    """Whose centres they are, for the head of a document: each institution once, by name."""
    names = centres.order_by().values_list("institution__name", flat=True)
    return ", ".join(sorted(set(names)))
