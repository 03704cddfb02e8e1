"""What is known of cases when a gate is tried.

One definition serves the gate of one case and the boards of many: each fact is read for all cases at once,
and only the facts that the stage of some of these cases asks for.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yanapay.assistance.choices import AssignmentState, Doer, NodeRole, PlanState, Round, Stage
from yanapay.assistance.models import (
    Assignment,
    Case,
    Diagnosis,
    Evaluation,
    Indicator,
    Measurement,
    Milestone,
    Plan,
    Promotion,
    Task,
    TechnologyUse,
    TreeNode,
    Visit,
)
from yanapay.assistance.rules.stages import Facts, Missing, missing
from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Consent

Known = dict[int, dict[str, Any]]


def lacking(case: Case) -> list[Missing]:
    """What the stage of the case still lacks; the checklist on its page."""
    return missing(case.stage, facts_of(case))


def lacking_of(cases: Iterable[Case]) -> dict[int, list[Missing]]:
    """The same for many cases, in a number of queries that does not grow with them."""
    rows = list(cases)
    known = facts_of_all(rows)
    return {case.pk: missing(case.stage, known[case.pk]) for case in rows}


def facts_of(case: Case) -> Facts:
    """The facts that the gate of the case's stage looks at, read now."""
    return facts_of_all([case])[case.pk]


def facts_of_all(cases: Iterable[Case]) -> dict[int, Facts]:
    """The facts of each case that the gate of its stage looks at; the others stay as unknown."""
    by_stage: dict[int, list[Case]] = {}
    facts: dict[int, Facts] = {}
    for case in cases:
        by_stage.setdefault(case.stage, []).append(case)
        facts[case.pk] = Facts(ended_on=case.ended_on)
    for stage, some in by_stage.items():
        for pk, known in READERS[stage](some).items():
            facts[pk] = replace(facts[pk], **known)
    return facts


def consented(case: Case) -> bool:
    """Whether the enterprise or somebody of it agreed to the service and has not withdrawn it."""
    return case.organisation_id in _consenting([case])


def _promotion(cases: list[Case]) -> Known:
    agreed = _consenting(cases)
    fields = ("contacted_on", "has_conflict", "conflict_note")
    written = {row.pop("case_id"): row for row in _of(Promotion, cases).values("case_id", *fields)}
    return {
        case.pk: {"has_consent": case.organisation_id in agreed, **written.get(case.pk, {})}
        for case in cases
    }


def _diagnosis(cases: list[Case]) -> Known:
    nodes = TreeNode.objects.filter(diagnosis__case__in=cases)
    central = set(nodes.filter(role=NodeRole.CENTRAL).values_list("diagnosis__case_id", flat=True))
    causes = nodes.filter(role=NodeRole.CAUSE, is_addressable=True)
    addressable = Counter(causes.values_list("diagnosis__case_id", flat=True))
    return {
        row.case_id: {
            "diagnosed_on": row.done_on, "has_baseline": row.baseline_id is not None,
            "has_central_problem": row.case_id in central,
            "addressable_causes": addressable[row.case_id],
        }
        for row in _of(Diagnosis, cases)
    }  # fmt: skip


def _proposal(cases: list[Case]) -> Known:
    accepted = _of(Plan, cases).filter(state=PlanState.ACCEPTED)
    return {pk: {"has_accepted_plan": True} for pk in accepted.values_list("case_id", flat=True)}


def _action_plan(cases: list[Case]) -> Known:
    """``orphans`` are tasks of a specialist that no specialist has accepted."""
    accepted = Q(assignment__state=AssignmentState.ACCEPTED)
    orphans = Q(doer=Doer.SPECIALIST) & ~(Q(assignment__isnull=False) & accepted)
    tasks = _of(Task, cases).values("case_id")
    asked = _counts(_of(Assignment, cases).filter(state=AssignmentState.ASKED))
    told = {
        row["case_id"]: {"tasks": row["n"], "specialist_tasks_without_specialist": row["orphans"]}
        for row in tasks.annotate(n=Count("pk"), orphans=Count("pk", filter=orphans)).order_by()
    }
    return {
        case.pk: {"unanswered_assignments": asked.get(case.pk, 0), **told.get(case.pk, {})}
        for case in cases
    }


def _execution(cases: list[Case]) -> Known:
    """Deliverables still owed: those of contracts that were broken off are not."""
    owed = Milestone.objects.filter(
        contract__assignment__case__in=cases, accepted_on=None, contract__ended_reason=""
    )
    milestones = Counter(owed.values_list("contract__assignment__case_id", flat=True))
    visits = _counts(_of(Visit, cases).exclude(done_on=None))
    technologies = _counts(_of(TechnologyUse, cases))
    return {
        case.pk: {
            "visits_done": visits.get(case.pk, 0), "technologies": technologies.get(case.pk, 0),
            "milestones_open": milestones[case.pk],
        }
        for case in cases
    }  # fmt: skip


def _evaluation(cases: list[Case]) -> Known:
    rounds = {row.case_id: row for row in _of(Evaluation, cases).filter(round=Round.FINAL)}
    measured = Measurement.objects.filter(
        indicator=OuterRef("pk"), evaluation__round=Round.FINAL,
        evaluation__case=OuterRef("plan__case"),
    )  # fmt: skip
    wanted = Indicator.objects.filter(plan__case__in=cases, plan__state=PlanState.ACCEPTED)
    unmeasured = Counter(wanted.exclude(Exists(measured)).values_list("plan__case_id", flat=True))
    return {
        case.pk: {"indicators_unmeasured": unmeasured[case.pk], **_result(rounds.get(case.pk))}
        for case in cases
    }


def _result(evaluation: Evaluation | None) -> dict[str, Any]:
    if evaluation is None:
        return {}
    return {
        "evaluated_on": evaluation.done_on, "has_satisfaction": bool(evaluation.satisfaction),
        "is_confirmed": evaluation.confirmed_on is not None,
    }  # fmt: skip


READERS: dict[int, Callable[[list[Case]], Known]] = {
    Stage.PROMOTION: _promotion,
    Stage.DIAGNOSIS: _diagnosis,
    Stage.PROPOSAL: _proposal,
    Stage.ACTION_PLAN: _action_plan,
    Stage.EXECUTION: _execution,
    Stage.EVALUATION: _evaluation,
}


def _consenting(cases: Iterable[Case]) -> set[int]:
    """The enterprises of the cases that agreed to the service, themselves or by one of their people."""
    wanted = {case.organisation_id for case in cases}
    agreed = Consent.objects.in_force().filter(purpose=ConsentPurpose.SERVICE)
    by_enterprise = agreed.filter(organisation__in=wanted).values_list("organisation", flat=True)
    by_person = agreed.filter(person__roles__organisation__in=wanted)
    return set(by_enterprise) | set(by_person.values_list("person__roles__organisation", flat=True))


def _of(model: type[Any], cases: list[Case]) -> "QuerySet[Any]":
    """The rows of the cases, in no order: an order of the model would split the groups of a count."""
    found: QuerySet[Any] = model.objects.filter(case__in=cases).order_by()
    return found


def _counts(rows: "QuerySet[Any]") -> dict[int, int]:
    return dict(rows.values_list("case_id").annotate(n=Count("pk")))
