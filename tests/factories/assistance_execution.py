"""Specialists at work in a case: asked, under contract, on visit."""

from datetime import date
from typing import Any

from tests.factories.assistance import bring_to, make_case
from tests.factories.directory import BY, TODAY
from tests.factories.roster import make_specialist

from yanapay.assistance.actions.contracts import sign_contract
from yanapay.assistance.actions.tasks import add_task
from yanapay.assistance.actions.team import answer_assignment, ask_specialist
from yanapay.assistance.actions.visits import plan_visit
from yanapay.assistance.models import Assignment, Case, Contract, Milestone, Task, Visit
from yanapay.assistance.rules.delivery import MilestoneTerms
from yanapay.kernel.money import Money
from yanapay.roster.models import Specialist

TERMS = "Dos diagnósticos de planta y un informe."
END = date(2026, 6, 30)


def make_assignment(
    case: Case | None = None, specialist: Specialist | None = None, *, accept: bool = True
) -> Assignment:
    """A specialist asked today; accepted unless told otherwise."""
    case = case or bring_to(make_case(), 4)
    specialist = specialist or make_specialist(centre=case.centre)
    assignment = ask_specialist(
        by=BY, case=case, specialist=specialist, task="Horno y merma", on=TODAY
    )
    return (
        answer_assignment(by=BY, assignment=assignment, accept=True, on=TODAY)
        if accept
        else assignment
    )


def terms(
    deliverable: str = "Informe técnico", amount: str = "1500", currency: str = "PEN"
) -> MilestoneTerms:
    return MilestoneTerms(deliverable, END, Money.parse(amount, currency))


def make_contract(assignment: Assignment | None = None, *milestones: MilestoneTerms) -> Contract:
    return sign_contract(
        by=BY, assignment=assignment or make_assignment(), terms=TERMS, signed_on=TODAY, starts_on=TODAY,
        ends_on=END, milestones=milestones or [terms()],
    )  # fmt: skip


def make_milestone(assignment: Assignment | None = None) -> Milestone:
    return make_contract(assignment).milestones.get()


def make_task(case: Case, **fields: Any) -> Task:
    about = {"title": "Regular el quemador", "doer": "centre", "starts_on": TODAY, "due_on": END}
    return add_task(by=BY, case=case, fields={**about, **fields})


def make_visit(case: Case, on: date = TODAY, **fields: Any) -> Visit:
    return plan_visit(
        by=BY, case=case, fields={"planned_on": on, "purpose": "Ver el horno", **fields}
    )
