"""The sections of the case page for its plan and the money that comes in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import PlanState, Stage
from yanapay.assistance.models import Case
from yanapay.assistance.queries.plans import debts, plan_in_force, plans_of
from yanapay.assistance.rules.budget import total
from yanapay.web.assistance.parts import Part
from yanapay.web.http import Request


def _plan(request: Request, case: Case) -> dict[str, Any]:
    """The version that counts: the draft or offer on the table, else the one in force, else the last."""
    plans = plans_of(case)
    open_ones = [p for p in plans if p.state in (PlanState.DRAFT, PlanState.OFFERED)]
    agreed = [p for p in plans if p.state == PlanState.ACCEPTED]
    shown = [*open_ones[:1], *agreed] or plans[:1]
    return {"shown": shown, "others": [plan for plan in plans if plan not in shown],
            "may_begin": not open_ones and not agreed, "has_any": bool(plans)}  # fmt: skip


def _payments(request: Request, case: Case) -> dict[str, Any]:
    plan = plan_in_force(case)
    found = debts(case)
    return {
        "plan": plan, "debts": found, "total": total(debt.account for debt in found),
        "payments": case.payments.select_related("share", "milestone"),
        "may_note": request.scope.may("assistance.edit", case.centre_id),
    }  # fmt: skip


PARTS: tuple[Part, ...] = (
    Part(
        "plan", Stage.PROPOSAL, _("Plan and budget"), "target", "assistance/plans/plan.html", _plan
    ),
    Part(
        "payments",
        Stage.PROPOSAL,
        _("Payments"),
        "cash",
        "assistance/plans/payments.html",
        _payments,
    ),
)
