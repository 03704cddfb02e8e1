"""Telling people, and noting that they read it."""

from datetime import datetime

from django.db import transaction

from yanapay.audit.rules import Actor
from yanapay.notices.models import Notice


@transaction.atomic
def notify(*, by: Actor, user_id: int, text: str, url: str = "", **values: object) -> Notice | None:
    """Leave a sentence for somebody. Nobody is told of what they did themselves."""
    if by.user_id == user_id:
        return None
    plain = {
        name: value if isinstance(value, int) else str(value) for name, value in values.items()
    }
    return Notice.objects.create(user_id=user_id, text=text, url=url, values=plain)


@transaction.atomic
def mark_read(*, by: Actor, at: datetime, notice_id: int | None = None) -> int:
    """Note that the signed-in person has read one notice, or all of theirs. Returns how many."""
    if by.user_id is None:
        return 0
    unread = Notice.objects.unread().filter(user_id=by.user_id)
    return (unread.filter(pk=notice_id) if notice_id else unread).update(read_at=at)
