"""The address at which a calendar program reads somebody's agenda: given, replaced, taken away."""

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.accounts.rules import token_digest
from yanapay.assistance.models import CalendarKey
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor


@transaction.atomic
def give_calendar_key(*, by: Actor, user: User, raw: str) -> CalendarKey:
    """Whoever holds ``raw`` (``accounts.rules.draw_token``) reads the agenda; an earlier key stops working."""
    CalendarKey.objects.filter(user=user).delete()
    key = CalendarKey.objects.create(user=user, digest=token_digest(raw))
    record(by=by, action="assistance.calendar_key_given", object_type="user", object_id=user.pk)
    return key


@transaction.atomic
def revoke_calendar_key(*, by: Actor, user: User) -> int:
    """The address stops working at once; how many there were."""
    count, _ = CalendarKey.objects.filter(user=user).delete()
    if count:
        record(
            by=by, action="assistance.calendar_key_revoked", object_type="user", object_id=user.pk
        )
    return count
