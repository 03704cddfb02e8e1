"""Evaluation rounds, each made by the real actions."""

from datetime import date, timedelta
from typing import Any

from tests.factories.assistance import bring_to
from tests.factories.assistance_plans import make_accepted
from tests.factories.directory import BY

from yanapay.assistance.actions.results import Visited, record_evaluation
from yanapay.assistance.models import Case, Evaluation

ENDED = date(2026, 6, 30)
VISITED = date(2026, 8, 12)


def finished(case: Case | None = None) -> Case:
    """A case whose work ended with the plan of the oven, in its last stage."""
    case = case or make_accepted().case
    Case.objects.filter(pk=case.pk).update(ended_on=ENDED)
    return bring_to(case, 6, on=ENDED)


def make_round(case: Case | None = None, which: str = "final") -> Evaluation:
    """A round to be made 30 to 60 days after the end."""
    return Evaluation.objects.create(
        case=case or finished(), round=which, due_from=ENDED + timedelta(30),
        due_on=ENDED + timedelta(60),
    )  # fmt: skip


def measured(evaluation: Evaluation, *values: int) -> dict[int, int]:
    """Values for the indicators of the plan, in their order."""
    plan = evaluation.case.plans.get(state="accepted")
    return dict(zip(plan.indicators.values_list("pk", flat=True), values, strict=False))


def make_evaluation(evaluation: Evaluation | None = None, **fields: Any) -> Evaluation:
    """The loss went from 18 % to 9 %, the output from 120 to 160 kg; 70 % of it owed to the assistance."""
    evaluation = evaluation or make_round()
    about = {
        "on": VISITED, "satisfaction": 4, "attribution": 70, "effect": "Menos pan quemado.",
        "remaining": "Falta un amasador.", "values": measured(evaluation, 9_000, 160_000), **fields,
    }  # fmt: skip
    return record_evaluation(by=BY, evaluation=evaluation, visited=Visited(**about))
