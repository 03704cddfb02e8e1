"""Somebody leaves: the work passes to a colleague, the name stays in the history."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop

from yanapay.accounts.actions import close_account
from yanapay.accounts.models import User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base.work import hand_over, owned_by
from yanapay.centres.actions.memberships import end_membership
from yanapay.centres.models import Membership
from yanapay.centres.queries import administrators
from yanapay.kernel.errors import RuleBroken
from yanapay.notices.actions import notify


@transaction.atomic
def deactivate_user(
    *, by: Actor, user: User, on: date, heir: User | None = None, reason: str = ""
) -> dict[str, int]:
    """Hand the open work to ``heir``, end all memberships, close the account. All or nothing.

    Returns how much of each kind was handed over. Somebody with open work needs an heir.
    """
    _check(by, user, heir, on)
    passed = hand_over(by=by, from_user_id=user.pk, to_user_id=heir.pk) if heir else {}
    for membership in Membership.objects.filter(user=user, until=None):
        end_membership(by=by, membership=membership, on=on)
    close_account(by=by, user=user)
    changes = {"heir": heir.pk if heir else None, "handed_over": passed}
    record(
        by=by, action="user.deactivated", object_type="user", object_id=user.pk,
        changes=changes, reason=reason,
    )  # fmt: skip
    if heir and sum(passed.values()):
        text = gettext_noop("{name} left. {count} pieces of open work are now yours.")
        notify(
            by=by,
            user_id=heir.pk,
            text=text,
            url="/",
            name=user.signature,
            count=sum(passed.values()),
        )
    return passed


def _check(by: Actor, user: User, heir: User | None, on: date) -> None:
    if by.user_id == user.pk:
        raise RuleBroken("Nobody closes their own account. Ask a colleague.")
    if not user.is_active:
        raise RuleBroken("This account is closed already.")
    if heir is None and any(count for _, count in owned_by(user.pk)):
        raise RuleBroken("Name the colleague who takes over the open work.", field="heir")
    if heir is not None and (heir == user or not heir.is_active):
        raise RuleBroken("Choose an active colleague.", field="heir")
    if set(administrators(on)) == {user}:
        raise RuleBroken("The last administrator cannot leave. Name another one first.")
