"""Who looks at the bench data: a promoter of the centre that holds most organisations."""

from django.db.models import Sum
from django.utils import timezone

from yanapay.accounts.actions.roles import load_roles
from yanapay.accounts.actions.users import create_user
from yanapay.accounts.models import Role, User
from yanapay.audit.rules import Actor
from yanapay.centres.actions.memberships import grant_membership
from yanapay.centres.models import Centre
from yanapay.directory.models import Tally


def promoter() -> User:
    """A user who sees the whole registry through the role of promoter, made when missing."""
    if user := User.objects.filter(username="bench").first():
        return user
    largest = Tally.objects.values_list("centre").annotate(n=Sum("n")).order_by("-n")[0][0]
    by = Actor.system()
    load_roles(by=by)
    user = create_user(
        by=by, username="bench", password="bench-bench-2026", must_change_password=False
    )
    grant_membership(
        by=by, user=user, role=Role.objects.get(code="promoter"), on=timezone.localdate(),
        centre=Centre.objects.get(pk=largest),
    )  # fmt: skip
    return user
