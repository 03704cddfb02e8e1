"""The impact evaluation of a programme: a round over chosen cases, whatever their own calendar."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from yanapay.assistance.choices import Round
from yanapay.assistance.models import Case, Evaluation
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def plan_impact_evaluation(
    *, by: Actor, cases: Sequence[Case], due_from: date, due_on: date
) -> list[Evaluation]:
    """Put cases on the list of the round; those that stand on it already keep their days."""
    if due_on < due_from:
        raise RuleBroken("The last day is before the first.", field="due_on")
    new = [
        Evaluation(case=case, round=Round.IMPACT, due_from=due_from, due_on=due_on)
        for case in cases
    ]
    Evaluation.objects.bulk_create(new, ignore_conflicts=True)
    planned = list(Evaluation.objects.filter(case__in=cases, round=Round.IMPACT).order_by("pk"))
    record(
        by=by, action="assistance.impact_planned", object_type="case",
        changes={"count": len(planned), "due_from": due_from, "due_on": due_on},
    )  # fmt: skip
    return planned
