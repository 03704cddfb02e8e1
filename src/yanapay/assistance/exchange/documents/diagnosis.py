"""Diagnosis with the problem tree (F-SAT-01), and its sheet for the field (F-SAT-09)."""

from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.exchange.documents.wording import (
    Column,
    Facts,
    amount,
    centre_signature,
    day,
    drawing,
    enterprise_signature,
    identity,
    table,
)
from yanapay.assistance.exchange.tree_svg import tree_svg
from yanapay.assistance.models import Case, Diagnosis
from yanapay.assistance.queries.diagnosis import (
    diagnosis_sheet,
    objectives_of,
    result_of,
    tree_of,
)
from yanapay.assistance.rules.tree import CAUSE, EFFECT, Node, Tree
from yanapay.assistance.rules.tree.ranking import rank
from yanapay.base.showing import money, number, percent
from yanapay.directory.models import Observation


def build(diagnosis: Diagnosis) -> dict[str, Any]:
    """What was found, its tree as picture and as list, and what to begin with."""
    case, tree = diagnosis.case, tree_of(diagnosis)
    return {
        "identity": identity(case),
        "done": _done(diagnosis),
        "scores_title": gettext("Result by area"),
        "scores": _scores(diagnosis),
        "baseline_title": gettext("Figures of the enterprise on that day"),
        "baseline": baseline(diagnosis.baseline),
        "answers_title": gettext("Answers"),
        "answers": _answers(case),
        "strengths_title": gettext("Strengths"),
        "strengths": diagnosis.strengths,
        "tree_title": gettext("Problem tree"),
        "tree": drawing(tree_svg(diagnosis), _in_words(tree)),
        "problems_title": gettext("Problems and their evidence"),
        "problems": _problems(tree),
        "ranking_title": gettext("Causes to begin with"),
        "ranking": _ranking(tree),
        "objectives_title": gettext("Tree of objectives"),
        "objectives": drawing(tree_svg(diagnosis, "objectives"), gettext("Tree of objectives")),
        "conclusions_title": gettext("Conclusions"),
        "conclusions": diagnosis.conclusions,
        "signatures": [centre_signature(case), enterprise_signature(case)],
    }


def blank_sheet(case: Case) -> dict[str, Any]:
    """The questionnaire to be filled in on paper, with what is known of the enterprise."""
    sheet = diagnosis_sheet(case)
    return {
        "identity": identity(case),
        "how": gettext("Mark one box per question. Leave it empty when it was not asked."),
        "fill": [gettext("Date"), gettext("Hour"), gettext("Who was spoken to"), gettext("Filled in by")],
        "areas": [
            {"title": area["title"],
             "questions": [{"text": one["text"], "levels": one["levels"]} for one in area["questions"]]}
            for area in sheet["areas"]
        ],
        "figures_title": gettext("Figures of the enterprise today"),
        "figures": [label for label, _ in _figures(Observation())],
        "tree_title": gettext("Problems"),
        "central": gettext("Central problem"),
        "causes": gettext("Causes (what brings it about?), with what shows it"),
        "effects": gettext("Effects (what does it bring about?)"),
        "strengths_title": gettext("Strengths"),
        "signatures": [centre_signature(case), enterprise_signature(case)],
    }  # fmt: skip


def baseline(seen: Observation | None) -> Facts:
    """The figures that are known, of those that a before and after is read from."""
    if seen is None:
        return []
    return [(label, value) for label, value in _figures(seen) if value]


def _figures(seen: Observation) -> Facts:
    return [
        (gettext("Observed on"), day(seen.observed_on) if seen.pk else ""),
        (gettext("Workers"), number(seen.workers)),
        (gettext("Women"), number(seen.workers_women)),
        (gettext("Men"), number(seen.workers_men)),
        (gettext("Sales in a year"), money(seen.annual_sales, seen.currency or "PEN")),
        (gettext("Assets"), money(seen.assets, seen.currency or "PEN")),
        (gettext("Value of equipment"), money(seen.equipment, seen.currency or "PEN")),
        (gettext("Products"), seen.products),
    ]


def _done(diagnosis: Diagnosis) -> Facts:
    return [
        (gettext("Date of the diagnosis"), day(diagnosis.done_on)),
        (gettext("Made by"), diagnosis.done_by_name or "—"),
    ]


def _scores(diagnosis: Diagnosis) -> dict[str, Any]:
    result = result_of(diagnosis)
    columns = [
        Column(gettext("Area"), 1), amount(gettext("Questions answered")), amount(gettext("Points")),
        amount(gettext("Share")),
    ]  # fmt: skip
    rows = [
        (
            a.title,
            f"{a.answered} / {a.answered + len(a.missing)}",
            f"{a.got} / {a.of}",
            percent(a.share),
        )
        for a in (result.areas if result else ())
    ]
    return table(columns, rows, empty=gettext("The questionnaire was not answered."))


def _answers(case: Case) -> dict[str, Any]:
    columns = [
        Column(gettext("Question"), 1.2),
        Column(gettext("What was found"), 1),
        amount(gettext("0-4")),
    ]
    rows = [
        (one["text"], one["levels"][one["answer"]], one["answer"])
        for area in diagnosis_sheet(case)["areas"]
        for one in area["questions"]
        if one["answer"] is not None
    ]
    return table(columns, rows, empty=gettext("The questionnaire was not answered."))


def _problems(tree: Tree) -> dict[str, Any]:
    columns = [
        Column(gettext("Kind")),
        Column(gettext("Problem"), 1),
        Column(gettext("Evidence"), 1.1),
    ]
    central = [tree.central] if tree.central else []
    nodes = [*_side(tree, EFFECT), *central, *_side(tree, CAUSE)]
    rows = [(_role(node), node.text, node.evidence or "—") for node in nodes]
    return table(columns, rows, empty=gettext("No problem was noted."))


def _side(tree: Tree, role: str) -> list[Node]:
    return [node for node in tree.by_key.values() if node.role == role]


def _role(node: Node) -> str:
    if node.role == CAUSE:
        return gettext("Cause")
    return gettext("Effect") if node.role == EFFECT else gettext("Central problem")


def _ranking(tree: Tree) -> dict[str, Any]:
    """What is asked of a cause becomes an aim."""
    wishes = objectives_of(tree)
    columns = [amount(gettext("No.")), Column(gettext("Cause"), 1), Column(gettext("Objective"), 1)]
    rows = [(one.place, one.node.text, wishes[one.node.key].text) for one in rank(tree)]
    return table(columns, rows, empty=gettext("No cause was marked as one that can be addressed."))


def _in_words(tree: Tree) -> str:
    """The picture for those who do not see it; the list below it says the rest."""
    central = tree.central.text if tree.central else ""
    sentence = gettext(
        "Problem tree. Central problem: %(central)s. Causes: %(causes)d, effects: %(effects)d."
    )
    return sentence % {
        "central": central,
        "causes": len(_side(tree, CAUSE)),
        "effects": len(_side(tree, EFFECT)),
    }
