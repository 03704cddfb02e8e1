"""The board of a centre: its open cases by stage, what each lacks, and who carries how much."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from yanapay.accounts.models import User
from yanapay.assistance.choices import Stage, State
from yanapay.assistance.models import Case, Visit
from yanapay.assistance.models.cases import CaseQuerySet
from yanapay.assistance.queries.due import evaluations_due, idle
from yanapay.assistance.queries.gates import lacking_of
from yanapay.assistance.rules.reminders import idle_before
from yanapay.assistance.rules.stages import Missing

CARDS = 12  # a column shows at most; its count tells of the others


@dataclass(frozen=True)
class Card:
    """One case on the board. ``days`` is how long it has been in its stage."""

    case: Case
    days: int
    lacks: list[Missing]
    is_long: bool


@dataclass(frozen=True)
class Column:
    """One stage: how many open cases stand there, and those that stand longest."""

    stage: Stage
    count: int
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True)
class Load:
    """What one person carries."""

    user: User
    open: int
    paused: int
    idle: int
    evaluations: int
    visits: int
    oldest: date | None


def board(centre: int, today: date, responsible: int | None = None) -> list[Column]:
    """The columns of a centre, of one person's cases when named."""
    found = Case.objects.filter(centre=centre, state=State.OPEN)
    if responsible is not None:
        found = found.filter(responsible=responsible)
    counts = dict(found.order_by().values_list("stage").annotate(n=Count("pk")))
    shown = {stage: _longest(found, stage) for stage in Stage if counts.get(stage)}
    lacks = lacking_of(case for cases in shown.values() for case in cases)
    return [
        Column(stage, counts.get(stage, 0), [_card(c, lacks[c.pk], today) for c in shown.get(stage, [])])
        for stage in Stage
    ]  # fmt: skip


def loads(centre: int, today: date) -> list[Load]:
    """Everybody who answers for a standing case of the centre, most loaded first."""
    standing = Case.objects.standing().filter(centre=centre)
    rows = standing.order_by().values("responsible").annotate(
        n=Count("pk", filter=Q(state=State.OPEN)), paused=Count("pk", filter=Q(state=State.PAUSED)),
        oldest=Min("stage_since", filter=Q(state=State.OPEN)),
    )  # fmt: skip
    carried = {row["responsible"]: row for row in rows}
    people = User.objects.in_bulk(carried)
    still = _per(idle(standing, today), "responsible")
    due = evaluations_due(today, Case.objects.filter(centre=centre))
    rounds = _per(due, "case__responsible")
    week = Visit.objects.filter(
        case__centre=centre, done_on=None, cancelled_reason="", visitor__in=carried,
        planned_on__range=(today, today + timedelta(days=6)),
    )  # fmt: skip
    visits = _per(week, "visitor")
    found = [
        Load(people[pk], row["n"], row["paused"], still[pk], rounds[pk], visits[pk], row["oldest"])
        for pk, row in carried.items()
    ]
    return sorted(found, key=lambda load: (-load.open, str(load.user)))


def _per(rows: QuerySet[Any], person: str) -> Counter[int]:
    """How many rows each person has, counted by the database."""
    return Counter(dict(rows.order_by().values_list(person).annotate(n=Count("pk"))))


def _longest(found: CaseQuerySet, stage: int) -> list[Case]:
    in_stage = found.filter(stage=stage).select_related("organisation", "responsible")
    return list(in_stage.order_by("stage_since", "pk")[:CARDS])


def _card(case: Case, lacks: list[Missing], today: date) -> Card:
    is_long = case.stage < Stage.EVALUATION and case.stage_since <= idle_before(today)
    return Card(case, (today - case.stage_since).days, lacks, is_long)
