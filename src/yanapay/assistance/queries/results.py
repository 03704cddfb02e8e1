"""Reading results: rounds with their changes, the visits that are due, what was measured last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yanapay.assistance.choices import Round, State
from yanapay.assistance.models import Case, Evaluation, Indicator, Measurement
from yanapay.assistance.queries.due import evaluations_due
from yanapay.assistance.queries.plans import plan_in_force
from yanapay.assistance.rules.results import Change, Window, missed_before
from yanapay.centres.rules import Scope

STANDING = (State.OPEN, State.PAUSED, State.CLOSED)  # later rounds follow the end of a case


@dataclass(frozen=True)
class Measured:
    """An indicator of the plan and its value in one round; ``change`` is none until it was measured."""

    indicator: Indicator
    measurement: Measurement | None
    change: Change | None
    attributed: int | None


@dataclass(frozen=True)
class Outcome:
    """One round of a case with what it measured."""

    evaluation: Evaluation
    standing: str
    rows: list[Measured]

    @property
    def is_done(self) -> bool:
        return self.evaluation.done_on is not None

    @property
    def is_outside(self) -> bool:
        """Whether the visit was made before or after its window."""
        one = self.evaluation
        return one.done_on is not None and not Window(one.due_from, one.due_on).holds(one.done_on)


def indicators_of(case: Case) -> list[Indicator]:
    """What is measured: the indicators of the plan in force."""
    plan = plan_in_force(case)
    return list(plan.indicators.all()) if plan else []


def outcomes(case: Case, today: date) -> list[Outcome]:
    """The rounds of a case in the order of their days."""
    indicators = indicators_of(case)
    rounds = case.evaluations.prefetch_related("measurements").order_by("due_on")
    return [_outcome(evaluation, indicators, today) for evaluation in rounds]


def due_evaluations(
    scope: Scope, today: date, *, overdue: bool = False, filters: Mapping[str, object] | None = None
) -> "QuerySet[Evaluation]":
    """Rounds to be made now in the cases that the scope sees, the longest overdue first.

    ``overdue`` leaves those whose window is still open; ``filters`` are lookups on evaluations.
    """
    visible = Case.objects.visible_to(scope).filter(state__in=STANDING)
    found = evaluations_due(today, visible)
    if overdue:
        found = found.filter(due_on__lt=today)
    return found.filter(**filters or {}).select_related(
        "case__organisation", "case__responsible", "case__centre"
    )


def missed_evaluations(scope: Scope, today: date) -> int:
    """How many rounds were never made and no longer are asked for."""
    visible = Case.objects.visible_to(scope).filter(state__in=STANDING)
    return Evaluation.objects.filter(
        done_on=None, due_on__lt=missed_before(today), case__in=visible.order_by().values("pk")
    ).count()


def coming_evaluations(scope: Scope, today: date, until: date) -> "QuerySet[Evaluation]":
    """Rounds whose window opens between tomorrow and a day."""
    visible = Case.objects.visible_to(scope).filter(state__in=STANDING)
    found = Evaluation.objects.filter(done_on=None, due_from__gt=today, due_from__lte=until)
    found = found.filter(case__in=visible).exclude(round=Round.IMPACT).order_by("due_from", "pk")
    return found.select_related("case__organisation", "case__responsible", "case__centre")


def _outcome(evaluation: Evaluation, indicators: list[Indicator], today: date) -> Outcome:
    values = {row.indicator_id: row for row in evaluation.measurements.all()}
    done = "done" if evaluation.done_on else ""
    window = Window(evaluation.due_from, evaluation.due_on)
    return Outcome(
        evaluation,
        done or window.standing(today),
        [_measured(evaluation, one, values.get(one.pk)) for one in indicators],
    )


def _measured(
    evaluation: Evaluation, indicator: Indicator, measurement: Measurement | None
) -> Measured:
    change = None
    if measurement is not None and indicator.baseline is not None:
        change = Change(
            indicator.baseline, measurement.value, indicator.direction, indicator.target
        )
    part = change.attributed(evaluation.attribution) if change else None
    return Measured(indicator, measurement, change, part)
