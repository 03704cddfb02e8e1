"""Service record: the whole case on paper, at its closing (F-SAT-08)."""

from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.choices import PlanState
from yanapay.assistance.exchange.documents.diagnosis import baseline
from yanapay.assistance.exchange.documents.evaluation import compared, measurements
from yanapay.assistance.exchange.documents.proposal import shares
from yanapay.assistance.exchange.documents.report import delivered, milestones, technologies, visits
from yanapay.assistance.exchange.documents.wording import (
    Column,
    Facts,
    amount,
    centre_signature,
    day,
    enterprise_signature,
    identity,
    table,
)
from yanapay.assistance.models import Case, Payment, Plan, Promotion, Transition
from yanapay.assistance.queries.diagnosis import diagnosis_of, tree_of
from yanapay.base.showing import money


def build(case: Case) -> dict[str, Any]:
    """Every stage in short, with the payments and the steps taken."""
    diagnosis = diagnosis_of(case)
    central = tree_of(diagnosis).central
    plan = case.plans.filter(state=PlanState.ACCEPTED).first()
    last = case.evaluations.exclude(done_on=None).order_by("done_on", "pk").last()
    return {
        "identity": identity(case),
        "state": _state(case),
        "promotion_title": gettext("1. Promotion"),
        "promotion": _promotion(case),
        "diagnosis_title": gettext("2. Diagnosis"),
        "diagnosis": [
            (gettext("Date of the diagnosis"), day(diagnosis.done_on if diagnosis else None)),
            (gettext("Central problem"), central.text if central else "—"),
            *baseline(diagnosis.baseline if diagnosis else None),
        ],
        "proposal_title": gettext("3. Proposal"),
        "proposal": _proposal(plan),
        "shares": shares(plan) if plan else None,
        "work_title": gettext("4 and 5. Action plan and execution"),
        "delivered": delivered(case),
        "visits": visits(case),
        "technologies": technologies(case),
        "milestones": milestones(case),
        "payments_title": gettext("Payments received"),
        "payments": _payments(case),
        "evaluation_title": gettext("6. Evaluation"),
        "evaluation": compared(measurements(case, last)),
        "effect": last.effect if last else "",
        "steps_title": gettext("Steps of the case"),
        "steps": _steps(case),
        "signatures": [centre_signature(case), enterprise_signature(case)],
    }


def _state(case: Case) -> Facts:
    return [
        (gettext("Stage"), f"{case.stage}. {case.get_stage_display()}"),
        (gettext("State"), str(case.get_state_display())),
        (gettext("Opened on"), day(case.opened_on)),
        (gettext("End of the work"), day(case.ended_on)),
        (gettext("Closed on"), day(case.closed_on)),
        (gettext("Earlier case"), case.previous.number if case.previous else "—"),
    ]


def _promotion(case: Case) -> Facts:
    seen = Promotion.objects.filter(case=case).first()
    if seen is None:
        return []
    origin = " · ".join(
        part for part in (str(seen.get_origin_display()), seen.origin_detail) if part
    )
    return [
        (gettext("Origin"), origin),
        (gettext("First contact"), day(seen.contacted_on)),
        (gettext("What the enterprise expects"), seen.expectations or "—"),
        (gettext("Conflict of interest"), _conflict(seen)),
    ]


def _conflict(seen: Promotion) -> str:
    if seen.has_conflict is None:
        return gettext("not asked")
    return (seen.conflict_note or gettext("yes")) if seen.has_conflict else gettext("none")


def _proposal(plan: Plan | None) -> Facts:
    if plan is None:
        return [(gettext("Plan"), gettext("none accepted"))]
    return [
        (gettext("Objective"), plan.objective or "—"),
        (gettext("Accepted on"), day(plan.decided_on)),
        (gettext("Cost"), money(plan.cost, plan.currency)),
        (gettext("Price"), money(plan.price, plan.currency)),
    ]


def _payments(case: Case) -> dict[str, Any]:
    columns = [
        Column(gettext("Receipt")), Column(gettext("Date")), Column(gettext("Who paid"), 1),
        Column(gettext("Share")), amount(gettext("Amount")),
    ]  # fmt: skip
    standing = Payment.objects.filter(case=case, voided_on=None).select_related("share")
    rows = [
        (one.number, day(one.paid_on), one.payer_name, one.share.get_payer_display(),
         money(one.amount, one.currency))
        for one in standing
    ]  # fmt: skip
    return table(columns, rows, empty=gettext("No payment was noted."))


def _steps(case: Case) -> dict[str, Any]:
    columns = [
        Column(gettext("Date")), Column(gettext("Step"), 0.9), Column(gettext("Stage"), 0.7),
        Column(gettext("Reason"), 1), Column(gettext("By"), 0.7),
    ]  # fmt: skip
    rows = [
        (
            day(one.on),
            one.get_move_display(),
            one.get_to_stage_display(),
            one.reason or "—",
            one.by_name,
        )
        for one in Transition.objects.filter(case=case)
    ]
    return table(columns, rows)
