"""Assistance: consultations, and cases through six stages."""

from yanapay.assistance.models.agenda import CalendarKey
from yanapay.assistance.models.cases import Case, CaseTransfer, Promotion, Reminder, Transition
from yanapay.assistance.models.centre import (
    CentreEntry,
    CostRate,
    ServiceTransfer,
    TransferComponent,
)
from yanapay.assistance.models.consultations import Consultation, CourseWish
from yanapay.assistance.models.diagnosis import Diagnosis, TreeEdge, TreeNode
from yanapay.assistance.models.execution import (
    Assignment,
    CaseFile,
    Contract,
    Milestone,
    Payment,
    Task,
    TechnologyUse,
    Visit,
)
from yanapay.assistance.models.plans import BudgetLine, BudgetShare, Indicator, Plan, PlanAction
from yanapay.assistance.models.results import Evaluation, Measurement

__all__ = [
    "Assignment",
    "BudgetLine",
    "BudgetShare",
    "CalendarKey",
    "Case",
    "CaseFile",
    "CaseTransfer",
    "CentreEntry",
    "Consultation",
    "Contract",
    "CostRate",
    "CourseWish",
    "Diagnosis",
    "Evaluation",
    "Indicator",
    "Measurement",
    "Milestone",
    "Payment",
    "Plan",
    "PlanAction",
    "Promotion",
    "Reminder",
    "ServiceTransfer",
    "Task",
    "TechnologyUse",
    "TransferComponent",
    "Transition",
    "TreeEdge",
    "TreeNode",
    "Visit",
]
