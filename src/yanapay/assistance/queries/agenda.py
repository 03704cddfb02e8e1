"""What is planned from one day to another: visits, tasks and evaluations of one person or of a centre."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q, QuerySet

from yanapay.accounts.models import User
from yanapay.accounts.rules import token_digest
from yanapay.assistance.choices import AssignmentState, State
from yanapay.assistance.models import CalendarKey, Case, Evaluation, Task, Visit
from yanapay.centres.rules import Scope

MOST = 300  # entries of one kind; a longer week is no week


@dataclass(frozen=True)
class Entry:
    """Something on a day. ``kind`` is visit, task or evaluation; ``key`` names its row for calendars."""

    kind: str
    key: int
    on: date
    at: time | None
    case: Case
    text: str
    who: str = ""
    is_done: bool = False


def agenda(scope: Scope, start: date, end: date, user_id: int | None) -> list[Entry]:
    """The entries from ``start`` to ``end``, both included, in order; of one person, or of all that is seen."""
    visible = Case.objects.visible_to(scope).values("pk")
    found = [
        *(_visit(row) for row in _visits(start, end, user_id).filter(case__in=visible)[:MOST]),
        *(_task(row) for row in _tasks(start, end, user_id).filter(case__in=visible)[:MOST]),
        *(_round(row) for row in _rounds(start, end, user_id).filter(case__in=visible)[:MOST]),
    ]
    return sorted(found, key=lambda one: (one.on, one.at or time.min, one.kind, one.key))


def calendar_owner(raw: str) -> User | None:
    """Whose agenda the key opens; nobody's when it was replaced or its owner may no longer sign in."""
    found = CalendarKey.objects.filter(digest=token_digest(raw), user__is_active=True)
    key = found.select_related("user").first()
    return key.user if key else None


def _visits(start: date, end: date, user_id: int | None) -> QuerySet[Visit]:
    coming = Q(done_on=None, planned_on__range=(start, end), case__state=State.OPEN)
    made = Q(done_on__range=(start, end))
    found = Visit.objects.filter(coming | made, cancelled_reason="")
    if user_id is not None:
        found = found.filter(visitor=user_id)
    return found.select_related("case__organisation__area", "visitor")


def _tasks(start: date, end: date, user_id: int | None) -> QuerySet[Task]:
    found = Task.objects.filter(due_on__range=(start, end), case__state=State.OPEN)
    if user_id is not None:
        theirs = Q(assignment__specialist__user=user_id, assignment__state=AssignmentState.ACCEPTED)
        found = found.filter(Q(case__responsible=user_id) | theirs)
    return found.select_related("case__organisation__area", "case__responsible")


def _rounds(start: date, end: date, user_id: int | None) -> QuerySet[Evaluation]:
    found = Evaluation.objects.filter(due_on__range=(start, end), done_on=None)
    found = found.exclude(case__state__in=(State.ABANDONED, State.REFUSED))
    if user_id is not None:
        found = found.filter(case__responsible=user_id)
    return found.select_related("case__organisation__area", "case__responsible")


def _visit(row: Visit) -> Entry:
    day = row.done_on or row.planned_on
    who = str(row.visitor) if row.visitor else ""
    return Entry(
        "visit", row.pk, day, row.planned_at, row.case, row.purpose, who, bool(row.done_on)
    )


def _task(row: Task) -> Entry:
    who = str(row.case.responsible)
    return Entry("task", row.pk, row.due_on, None, row.case, row.title, who, bool(row.done_on))


def _round(row: Evaluation) -> Entry:
    text, who = str(row.get_round_display()), str(row.case.responsible)
    return Entry("evaluation", row.pk, row.due_on, None, row.case, text, who)
