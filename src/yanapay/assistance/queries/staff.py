"""Who works with cases in a centre."""

from datetime import date

from django.db.models import QuerySet

from yanapay.accounts.models import Role, User
from yanapay.centres.models import Membership


def staff(centre_id: int, on: date, permission: str = "assistance.edit") -> QuerySet[User]:
    """The active users whose role in the centre holds the permission, in order of name."""
    roles = [role.pk for role in Role.objects.all() if permission in role.permissions]
    members = Membership.objects.current(on).filter(centre=centre_id, role__in=roles)
    users = User.objects.filter(is_active=True, pk__in=members.values("user"))
    return users.order_by("full_name", "username")


def coordinators(centre_id: int, on: date) -> QuerySet[User]:
    """Those who assign work in the centre."""
    return staff(centre_id, on, "assistance.assign")
