"""Whose address this is, and which devices there are."""

from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Q, QuerySet
from django.utils import timezone

from yanapay.accounts.choices import Permission, TokenScope
from yanapay.accounts.models import Role, User
from yanapay.accounts.queries import authenticate_token
from yanapay.accounts.rules import token_digest
from yanapay.base.kept import Kept, read
from yanapay.centres.models import Membership
from yanapay.centres.queries import scope_of
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.surveys.access import Sender
from yanapay.surveys.models import Device

_SEEN_EVERY = timedelta(minutes=10)
_MADE_OF = """
SELECT t.revoked_at, t.expires_at, t.scopes, u.is_active, u.full_name, d.id, d.centre_id, d.instrument_id,
       m.id, m.centre_id, m.since, m.until, r.permissions, r.everywhere
FROM accounts_token t JOIN accounts_user u ON u.id = t.user_id
LEFT JOIN surveys_device d ON d.token_id = t.id
LEFT JOIN centres_membership m ON m.user_id = t.user_id LEFT JOIN accounts_role r ON r.id = m.role_id
WHERE t.digest = %s ORDER BY m.id
"""
_kept: Kept[tuple[Sender | None, datetime | None]] = Kept(seconds=60)


def sender_with_token(raw: str, on: date, agent: str = "") -> Sender | None:
    """Who sends through the address with this token; None when nobody may.

    A telephone sends a hundred answers; who it is, is worked out anew when token, user, device or roles change.
    """
    digest = token_digest(raw)
    if not (rows := read(_MADE_OF, digest)):
        return None
    sender, expires_at = _kept.get((digest, on), rows, partial(_sender, raw, on, agent))
    return None if expires_at and expires_at <= timezone.now() else sender


def _sender(raw: str, on: date, agent: str) -> tuple[Sender | None, datetime | None]:
    """With the time at which the token ends, if it does."""
    token = authenticate_token(raw)
    if token is None or not token.may(TokenScope.FORMS_SUBMIT):
        return None, None
    device = Device.objects.filter(token=token).first()
    if device:
        _note_seen(device, agent)
    return Sender(scope_of(token.user, on), device), token.expires_at


def _note_seen(device: Device, agent: str) -> None:
    """Every ten minutes, like the use of its token."""
    now = timezone.now()
    if device.last_seen_at is None or now - device.last_seen_at > _SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(last_seen_at=now, last_agent=agent[:200])


def devices(scope: Scope) -> "QuerySet[Device]":
    """Devices that the scope may see, those in use first, newest first."""
    found = Device.objects.visible_to(scope).select_related("token__user", "centre", "instrument")
    return found.order_by("token__revoked_at", "-pk")


def open_device(scope: Scope, pk: int) -> Device:
    """One device; NotFound when the scope may not know of it."""
    if found := devices(scope).filter(pk=pk).first():
        return found
    raise NotFound("There is no such device.")


def possible_users(scope: Scope) -> "QuerySet[User]":
    """Who may send answers in the centres whose forms the scope manages."""
    senders = [
        role.pk for role in Role.objects.all() if Permission.SURVEYS_SUBMIT in role.permissions
    ]
    held = scope.centres_with(Permission.SURVEYS_MANAGE)
    here = Q() if held is None else Q(centre__in=held) | Q(role__everywhere=True)
    members = Membership.objects.current(timezone.localdate()).filter(here, role__in=senders)
    return User.objects.filter(pk__in=members.values("user")).order_by("full_name", "username")
