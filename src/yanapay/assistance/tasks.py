"""Work by the clock: assignments lapse, and people are reminded of what is due."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from django.utils import timezone

from yanapay.assistance.actions.reminders import remind
from yanapay.assistance.actions.team import expire_assignments
from yanapay.assistance.models import Case, Reminder
from yanapay.assistance.queries.due import evaluations_due, idle, offers_open, unanswered
from yanapay.assistance.rules.reminders import (
    Due,
    answer_due,
    evaluation_due,
    offer_lapses,
    stage_idle,
)
from yanapay.audit.rules import Actor

AT_ONCE = 400
Told = tuple[Due, Case]


def send_reminders(now: datetime) -> int:
    """Lapse what nobody answered and remind of what is due; how many were reminded anew.

    It may be stopped anywhere and run again: each reminder is a transaction of its own.
    """
    by, today = Actor.system(), timezone.localdate(now)
    expire_assignments(by=by, on=today)
    return sum(
        remind(by=by, due=due, user_id=case.responsible_id, case_id=case.pk)
        for due, case in _new(_due(today))
    )


def _due(today: date) -> Iterator[Told]:
    """Every reminder due today with its case, told before or not."""
    for asked in unanswered(today):
        name = str(asked.specialist)
        due = answer_due(asked.pk, asked.answer_by, today, case=asked.case.number, name=name)
        yield from _told(due, asked.case)
    for case in idle(Case.objects.order_by("pk"), today).iterator():
        yield from _told(stage_idle(case.pk, case.number, case.stage_since, today), case)
    for round_ in evaluations_due(today).iterator():
        due = evaluation_due(
            round_.pk, round_.due_from, round_.due_on, today, case=round_.case.number
        )
        yield from _told(due, round_.case)
    for plan in offers_open().exclude(valid_until=None).iterator():
        lapses = plan.valid_until or today
        yield from _told(offer_lapses(plan.pk, lapses, today, case=plan.case.number), plan.case)


def _told(due: Due | None, case: Case) -> Iterator[Told]:
    if due:
        yield due, case


def _new(found: Iterable[Told]) -> Iterator[Told]:
    """Those not sent yet, looked up some hundred at a time."""
    rest = iter(found)
    while part := list(islice(rest, AT_ONCE)):
        keys = [due.key for due, _ in part]
        sent = set(Reminder.objects.filter(key__in=keys).values_list("key", flat=True))
        yield from ((due, case) for due, case in part if due.key not in sent)
