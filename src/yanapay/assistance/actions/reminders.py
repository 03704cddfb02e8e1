"""Telling people once of what is due."""

from django.db import transaction

from yanapay.assistance.models import Reminder
from yanapay.assistance.rules.reminders import Due
from yanapay.audit.rules import Actor
from yanapay.notices.actions import notify


@transaction.atomic
def remind(*, by: Actor, due: Due, user_id: int, case_id: int) -> bool:
    """Leave the notice, unless it was left before; whether it is new.

    Key and notice stand or fall together: a worker that is killed here repeats nothing and loses nothing.
    """
    _reminder, is_new = Reminder.objects.get_or_create(key=due.key)
    if is_new:
        part = f"#{due.part}" if due.part else ""
        notify(by=by, user_id=user_id, text=due.message.template, url=f"/cases/{case_id}/{part}",
               **due.message.values)  # fmt: skip
    return is_new
