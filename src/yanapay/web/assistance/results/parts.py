"""The section of the case page for what changed."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import Stage
from yanapay.assistance.models import Case
from yanapay.assistance.queries.results import outcomes
from yanapay.web.assistance.parts import Part
from yanapay.web.assistance.results.words import drawn
from yanapay.web.http import Request


def _evaluation(request: Request, case: Case) -> dict[str, Any]:
    found = outcomes(case, timezone.localdate())
    return {
        "rounds": [(outcome, drawn(outcome) if outcome.is_done else "") for outcome in found],
        "may_note": request.scope.may("assistance.edit", case.centre_id),
        "has_follow_up": case.following.exists(),
    }


PARTS: tuple[Part, ...] = (
    Part("evaluation", Stage.EVALUATION, _("Evaluation"), "chart-bar",
         "assistance/results/evaluation.html", _evaluation),
)  # fmt: skip
