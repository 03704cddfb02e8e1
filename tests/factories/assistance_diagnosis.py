"""Diagnoses and problem trees, each made by the real actions."""

from datetime import date
from typing import Any

from tests.factories.assistance import bring_to, make_case
from tests.factories.directory import BY

from yanapay.assistance.actions.diagnosis import write_diagnosis
from yanapay.assistance.actions.tree import save_tree
from yanapay.assistance.models import Case, Diagnosis
from yanapay.assistance.rules.tree.outline import Outline

OVEN = Outline(
    "Alta merma en el horno",
    "Temperatura irregular del horno\n"
    "    Falta de mantenimiento *\n"
    "Masa mal pesada\n"
    "    Falta de balanza *\n"
    "    Personal poco capacitado",
    "Costos altos\n    Precios poco competitivos\nClientes insatisfechos",
)
ANSWERS = {"p1": 1, "p2": 0, "p3": 2, "a1": 3, "c1": 4}


def make_case_in_diagnosis(**fields: Any) -> Case:
    """A case that has come to its second stage."""
    return bring_to(make_case(**fields), 2)


def make_diagnosis(
    case: Case | None = None, on: date = date(2026, 3, 5), **fields: Any
) -> Diagnosis:
    """What the promoter wrote down on the day of the visit."""
    fields.setdefault("answers", ANSWERS)
    return write_diagnosis(by=BY, case=case or make_case_in_diagnosis(), on=on, **fields)


def make_tree(case: Case | None = None, outline: Outline = OVEN) -> Diagnosis:
    """The tree of the oven: five causes, two of them to be addressed, and three effects."""
    return save_tree(by=BY, case=case or make_case_in_diagnosis(), outline=outline)


def node_of(case: Case, text: str) -> int:
    """The key of the problem of that text."""
    return Diagnosis.objects.get(case=case).nodes.get(text=text).pk
