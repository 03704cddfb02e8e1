"""Who works where in which role."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from yanapay.accounts.actions import create_user
from yanapay.accounts.models import Role, User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre, Membership, Team
from yanapay.kernel.errors import RuleBroken
from yanapay.notices.actions import notify

ENTREPRENEUR = "entrepreneur"
_HERE = gettext_noop("You now have the role {role} in {centre}.")
_EVERYWHERE = gettext_noop("You now have the role {role} everywhere.")


@transaction.atomic
def grant_membership(
    *,
    by: Actor,
    user: User,
    role: Role,
    on: date,
    centre: Centre | None = None,
    team: Team | None = None,
) -> Membership:
    """Give a user a role in a centre from a day on. Without a centre only if it holds everywhere."""
    _check(user, role, centre, team)
    held = Membership.objects.filter(user=user, role=role, centre=centre, until=None).first()
    if held:
        return held
    membership = Membership(user=user, role=role, centre=centre, team=team, since=on)
    membership.save()
    _record(by, "membership.granted", membership)
    text = _HERE if centre else _EVERYWHERE
    notify(by=by, user_id=user.pk, text=text, role=role.label, centre=str(centre or ""))
    return membership


@transaction.atomic
def admit_user(
    *, by: Actor, account: Mapping[str, Any], role: Role, on: date, centre: Centre | None = None
) -> User:
    """Open an account and grant its first role; ``account`` is what ``create_user`` takes."""
    kind = {"is_entrepreneur": role.code == ENTREPRENEUR}
    user = create_user(by=by, **{**account, **kind})
    grant_membership(by=by, user=user, role=role, centre=centre, on=on)
    return user


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership, on: date) -> Membership:
    """The role no longer holds from this day on; the row stays as history."""
    if membership.until is None:
        membership.until = max(on, membership.since)
        membership.save(update_fields=["until"])
        _record(by, "membership.ended", membership)
    return membership


def _check(user: User, role: Role, centre: Centre | None, team: Team | None) -> None:
    if centre is None and not role.everywhere:
        raise RuleBroken("This role needs a centre.", field="centre")
    if (role.code == ENTREPRENEUR) != user.is_entrepreneur:
        raise RuleBroken(
            "Entrepreneurs have accounts of their own kind: they hold the role of entrepreneur and "
            "no other.", field="role",
        )  # fmt: skip
    if team and team.centre != centre:
        raise RuleBroken("This team belongs to another centre.", field="team")
    if not user.is_active:
        raise RuleBroken("This account is closed. Open it again first.", field="user")


def _record(by: Actor, action: str, membership: Membership) -> None:
    centre = membership.centre
    changes = {
        "user": membership.user_id,
        "role": membership.role.code,
        "centre": centre.code if centre else None,
        "from" if membership.until is None else "until": membership.until or membership.since,
    }
    record(by=by, action=action, object_type="user", object_id=membership.user_id, changes=changes)
