"""What is due in cases: read by "my work today", by the agenda and by the reminders."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanapay.assistance.choices import AssignmentState, PlanState, Stage, State
from yanapay.assistance.models import Assignment, Evaluation, Plan, Task, Visit
from yanapay.assistance.models.cases import CaseQuerySet
from yanapay.assistance.rules.reminders import idle_before
from yanapay.assistance.rules.results import missed_before


def idle(cases: CaseQuerySet, today: date) -> CaseQuerySet:
    """Those among the open cases whose stage has stood still for a fortnight.

    Work shows in a visit made or still to come, or in a task done. Evaluations have days of their own.
    """
    since = idle_before(today)
    coming = Q(done_on=None, planned_on__gte=today, cancelled_reason="")
    visits = Visit.objects.filter(Q(done_on__gt=since) | coming, case=OuterRef("pk"))
    tasks = Task.objects.filter(case=OuterRef("pk"), done_on__gt=since)
    still = cases.filter(
        state=State.OPEN, stage__lt=Stage.EVALUATION, stage_since__lte=since
    )  # fmt: skip
    return still.exclude(Exists(visits)).exclude(Exists(tasks))


def unanswered(today: date) -> QuerySet[Assignment]:
    """Specialists who were asked and have not answered, with the case."""
    asked = Assignment.objects.filter(state=AssignmentState.ASKED, answer_by__lte=today)
    return asked.filter(case__state__in=(State.OPEN, State.PAUSED)).select_related(
        "case", "specialist__person", "specialist__organisation"
    )


def evaluations_due(until: date, cases: CaseQuerySet | None = None) -> QuerySet[Evaluation]:
    """Rounds not made yet, nor missed, whose time begins by that day; those that end first in front.

    ``cases`` cuts them down. It is a sub-select, so that databases begin with the few cases of a person
    or a centre; of a join SQLite reads all cases.
    """
    open_rounds = Evaluation.objects.filter(
        done_on=None, due_from__lte=until, due_on__gte=missed_before(until)
    )  # fmt: skip
    if cases is not None:
        open_rounds = open_rounds.filter(case__in=cases.order_by().values("pk"))
    ongoing = open_rounds.exclude(case__state__in=(State.ABANDONED, State.REFUSED))
    return ongoing.select_related("case__organisation").order_by("due_on", "pk")


def offers_open() -> QuerySet[Plan]:
    """Plans that wait for the word of the entrepreneur, those that lapse first in front."""
    offered = Plan.objects.filter(state=PlanState.OFFERED, case__state=State.OPEN)
    return offered.select_related("case__organisation").order_by("valid_until", "pk")
