"""What is known of a case when a gate is tried."""

from django.db.models import Exists, OuterRef

from yanapay.assistance.choices import AssignmentState, Doer, NodeRole, PlanState, Round
from yanapay.assistance.models import (
    Case,
    Diagnosis,
    Evaluation,
    Indicator,
    Measurement,
    Milestone,
    Promotion,
)
from yanapay.assistance.rules.stages import Facts, Missing, missing
from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Consent


def lacking(case: Case) -> list[Missing]:
    """What the stage of the case still lacks; the checklist on its page."""
    return missing(case.stage, facts_of(case))


def facts_of(case: Case) -> Facts:
    """The facts that the gates look at, read now."""
    promotion = Promotion.objects.filter(case=case).first()
    diagnosis = Diagnosis.objects.filter(case=case).first()
    evaluation = Evaluation.objects.filter(case=case, round=Round.FINAL).first()
    asked = case.assignments.filter(state=AssignmentState.ASKED)
    return Facts(
        contacted_on=promotion.contacted_on if promotion else None,
        has_conflict=promotion.has_conflict if promotion else None,
        conflict_note=promotion.conflict_note if promotion else "",
        has_consent=consented(case),
        diagnosed_on=diagnosis.done_on if diagnosis else None,
        has_baseline=bool(diagnosis and diagnosis.baseline_id),
        has_central_problem=bool(diagnosis and _nodes(diagnosis, role=NodeRole.CENTRAL)),
        addressable_causes=_nodes(diagnosis, role=NodeRole.CAUSE, is_addressable=True) if diagnosis else 0,
        has_accepted_plan=case.plans.filter(state=PlanState.ACCEPTED).exists(),
        tasks=case.tasks.count(),
        unanswered_assignments=asked.count(),
        specialist_tasks_without_specialist=_without_specialist(case),
        visits_done=case.visits.exclude(done_on=None).count(),
        milestones_open=_unaccepted(case),
        technologies=case.technologies.count(),
        ended_on=case.ended_on,
        evaluated_on=evaluation.done_on if evaluation else None,
        has_satisfaction=bool(evaluation and evaluation.satisfaction),
        indicators_unmeasured=_unmeasured(case, evaluation),
        is_confirmed=bool(evaluation and evaluation.confirmed_on),
    )  # fmt: skip


def consented(case: Case) -> bool:
    """Whether the enterprise or the contact agreed to the service and has not withdrawn it."""
    agreed = Consent.objects.in_force().filter(purpose=ConsentPurpose.SERVICE)
    by_enterprise = agreed.filter(organisation=case.organisation_id)
    by_owner = agreed.filter(person__roles__organisation=case.organisation_id)
    return by_enterprise.exists() or by_owner.exists()


def _nodes(diagnosis: Diagnosis, **wanted: object) -> int:
    return diagnosis.nodes.filter(**wanted).count()


def _without_specialist(case: Case) -> int:
    """Tasks of a specialist that no specialist has accepted."""
    theirs = case.tasks.filter(doer=Doer.SPECIALIST)
    return theirs.exclude(assignment__state=AssignmentState.ACCEPTED).count()


def _unaccepted(case: Case) -> int:
    """Deliverables still owed: those of contracts that were broken off are not."""
    owed = Milestone.objects.filter(contract__assignment__case=case, accepted_on=None)
    return owed.filter(contract__ended_reason="").count()


def _unmeasured(case: Case, evaluation: Evaluation | None) -> int:
    indicators = Indicator.objects.filter(plan__case=case, plan__state=PlanState.ACCEPTED)
    measured = Measurement.objects.filter(indicator=OuterRef("pk"), evaluation=evaluation)
    return indicators.exclude(Exists(measured)).count() if evaluation else indicators.count()
