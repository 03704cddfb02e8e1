"""The kinds of document of a case, and which can be made of it as it stands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import PlanState, Stage
from yanapay.assistance.exchange.documents import (
    action_plan,
    contract,
    diagnosis,
    evaluation,
    proposal,
    report,
    service_record,
    visit,
)
from yanapay.assistance.exchange.documents.wording import day
from yanapay.assistance.models import Case, Contract
from yanapay.assistance.queries.diagnosis import diagnosis_of
from yanapay.kernel.errors import NotFound

Source = tuple[
    str, Any, str, bool
]  # the part ("visit:7"), its record, words that tell it apart, complete


@dataclass(frozen=True)
class Kind:
    """One kind of document. ``sources`` gives the records of a case of which one can be printed.

    ``is_form``: a sheet to be filled in by hand, which gets no number. ``by_specialist``: the specialist
    of the case issues it too.
    """

    key: str
    code: str
    label: str | Promise
    sources: Callable[[Case], Iterator[Source]]
    build: Callable[[Any], Mapping[str, Any]]
    is_form: bool = False
    by_specialist: bool = False


@dataclass(frozen=True)
class Printable:
    """A document that can be looked at now, and issued when it is complete."""

    kind: Kind
    about: str
    record: Any
    detail: str
    may_issue: bool

    @property
    def label(self) -> str:
        return f"{self.kind.label}: {self.detail}" if self.detail else str(self.kind.label)


def _whole_case(since: int) -> Callable[[Case], Iterator[Source]]:
    def sources(case: Case) -> Iterator[Source]:
        if case.stage >= since:
            yield "", case, "", True

    return sources


def _diagnosis(case: Case) -> Iterator[Source]:
    found = diagnosis_of(case)
    if found:
        yield "", found, "", found.done_on is not None


def _plans(case: Case) -> Iterator[Source]:
    for plan in case.plans.all():
        words = f"v{plan.number} ({plan.get_state_display()})"
        yield f"plan:{plan.pk}", plan, words, plan.state != PlanState.DRAFT


def _contracts(case: Case) -> Iterator[Source]:
    found = Contract.objects.filter(assignment__case=case).select_related(
        "assignment__specialist__person", "assignment__specialist__organisation"
    )
    for one in found:
        yield f"contract:{one.pk}", one, f"{one.number}, {one.assignment.specialist}", True


def _tasks(case: Case) -> Iterator[Source]:
    if case.tasks.exists():
        yield "", case, "", True


def _visits_planned(case: Case) -> Iterator[Source]:
    for one in case.visits.filter(done_on=None, cancelled_reason=""):
        yield f"visit:{one.pk}", one, day(one.planned_on), False


def _visits_made(case: Case) -> Iterator[Source]:
    for one in case.visits.exclude(done_on=None):
        yield f"visit:{one.pk}", one, day(one.done_on), True


def _evaluations(case: Case) -> Iterator[Source]:
    for one in case.evaluations.exclude(done_on=None):
        yield f"evaluation:{one.pk}", one, str(one.get_round_display()), True


KINDS = (
    Kind("field_sheet", "F-SAT-09", _("Diagnosis sheet for the field"), _whole_case(Stage.PROMOTION),
         diagnosis.blank_sheet, is_form=True),
    Kind("diagnosis", "F-SAT-01", _("Diagnosis"), _diagnosis, diagnosis.build),
    Kind("proposal", "F-SAT-02", _("Proposal"), _plans, proposal.build),
    Kind("contract", "F-SAT-03", _("Contract"), _contracts, contract.build),
    Kind("action_plan", "F-SAT-04", _("Action plan"), _tasks, action_plan.build),
    Kind("visit_form", "F-SAT-05", _("Blank visit sheet"), _visits_planned, visit.build, is_form=True),
    Kind("visit", "F-SAT-05", _("Visit sheet"), _visits_made, visit.build, by_specialist=True),
    Kind("report", "F-SAT-06", _("Technical report"), _whole_case(Stage.EXECUTION), report.build,
         by_specialist=True),
    Kind("evaluation", "F-SAT-07", _("Evaluation"), _evaluations, evaluation.build),
    Kind("service_record", "F-SAT-08", _("Service record"), _whole_case(Stage.PROMOTION), service_record.build),
)  # fmt: skip


def printables(case: Case) -> list[Printable]:
    """Everything that can be printed of a case as it stands."""
    return [
        Printable(kind, about, record, words, is_complete and not kind.is_form)
        for kind in KINDS
        for about, record, words, is_complete in kind.sources(case)
    ]


def find(case: Case, key: str, about: str) -> Printable:
    """One of them. Raises NotFound when the case has none such (any more)."""
    for one in printables(case):
        if (one.kind.key, one.about) == (key, about):
            return one
    raise NotFound("This case has no such document now.")
