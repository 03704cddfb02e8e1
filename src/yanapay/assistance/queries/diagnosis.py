"""Reading a diagnosis: its tree, the causes to start with, what others suffer from, its printed sheet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from yanapay.assistance.models import Case, Diagnosis, TreeEdge, TreeNode
from yanapay.assistance.rules import questionnaire
from yanapay.assistance.rules.questionnaire import AreaQuestions, Difference, Questionnaire, Result
from yanapay.assistance.rules.tree import CAUSE, Node, Tree
from yanapay.assistance.rules.tree.ranking import Ranked, rank
from yanapay.assistance.rules.tree.wishes import Wish, wishes
from yanapay.directory.models import Observation
from yanapay.kernel.text import fold

LOOKED_AT = 200  # the newest cases of a branch in which common causes are sought
OFFERED = 8


def diagnosis_of(case: Case) -> Diagnosis | None:
    """The diagnosis of a case with its baseline, if it was begun."""
    return Diagnosis.objects.select_related("baseline").filter(case=case).first()


def tree_of(diagnosis: Diagnosis | None) -> Tree:
    """The problem tree as plain values; empty when nothing was written."""
    if diagnosis is None:
        return Tree()
    nodes = tuple(_plain(node) for node in diagnosis.nodes.all())
    edges = TreeEdge.objects.filter(cause__diagnosis=diagnosis).values_list("cause", "effect")
    return Tree(nodes, frozenset(edges))


def tree_of_case(case: Case) -> Tree:
    return tree_of(diagnosis_of(case))


def ranked_causes(case: Case) -> list[Ranked]:
    """The addressable causes of a case, the one to start with first, each with its reason."""
    return rank(tree_of_case(case))


def objectives_of(tree: Tree) -> dict[int, Wish]:
    """Each problem turned into an objective; where no rule fits, the question to answer."""
    return wishes(tree, gettext("What is to be achieved? («{problem}»)"))


def result_of(diagnosis: Diagnosis | None) -> Result | None:
    """The scores by area; None while no question was answered."""
    if diagnosis is None or not diagnosis.answers:
        return None
    return questionnaire.score(questions(diagnosis.questionnaire), diagnosis.answers)


def questions(version: str = "") -> Questionnaire:
    """The questionnaire of a version (empty: the one in force), worded in the reader's language."""
    return questionnaire.load(version or questionnaire.CURRENT, get_language() or "es")


@dataclass(frozen=True)
class Compared:
    """Another diagnosis of the same enterprise beside this one. ``differences`` is empty when the two
    were asked by different questionnaires: only like is compared with like."""

    diagnosis: Diagnosis
    result: Result
    differences: list[Difference]


def neighbours(case: Case) -> tuple[Compared | None, Compared | None]:
    """The diagnosis of the same enterprise in this centre before this one, and the one after it."""
    mine = diagnosis_of(case)
    if mine is None or mine.done_on is None:
        return None, None
    others = Diagnosis.objects.select_related("case").exclude(pk=mine.pk).exclude(answers={})
    same = others.filter(case__organisation=case.organisation_id, case__centre=case.centre_id)
    before = same.filter(done_on__lte=mine.done_on).order_by("-done_on", "-pk").first()
    after = same.filter(done_on__gt=mine.done_on).order_by("done_on", "pk").first()
    return _compared(before, mine), _compared(mine, after, shown=after)


def common_causes(case: Case, tree: Tree) -> list[tuple[str, int]]:
    """What the trees of the centre name most often in this branch, with how many cases do; without what
    this tree has already. Texts of other centres are never shown."""
    branch = Case.objects.filter(centre=case.centre_id, subsector=case.subsector).exclude(
        pk=case.pk
    )
    newest = list(branch.newest_first().values_list("pk", flat=True)[:LOOKED_AT])
    nodes = TreeNode.objects.filter(diagnosis__case__in=newest, role=CAUSE).order_by("-pk")
    here = {fold(node.text) for node in tree.nodes}
    wording: dict[str, str] = {}
    cases: dict[str, set[int]] = {}
    for text, diagnosis in nodes.values_list("text", "diagnosis"):
        if (said := fold(text)) not in here:
            wording.setdefault(said, text)
            cases.setdefault(said, set()).add(diagnosis)
    counts = Counter({said: len(found) for said, found in cases.items()})
    return [(wording[said], count) for said, count in counts.most_common(OFFERED)]


def baselines(case: Case) -> list[Observation]:
    """The figures of the enterprise that may serve as baseline, the newest first."""
    return list(case.organisation.observations.standing().newest_first()[:12])


def diagnosis_sheet(case: Case) -> dict[str, Any]:
    """What the printed sheet shows, filled in as far as the diagnosis is; plain values."""
    diagnosis = diagnosis_of(case)
    asked = questions(diagnosis.questionnaire if diagnosis else "")
    answers = diagnosis.answers if diagnosis else {}
    result = result_of(diagnosis)
    return {
        "number": case.number,
        "organisation": case.organisation.name,
        "done_on": diagnosis.done_on if diagnosis else None,
        "done_by": diagnosis.done_by_name if diagnosis else "",
        "questionnaire": asked.version,
        "areas": [_sheet_area(area, answers, result) for area in asked.areas],
        "strengths": diagnosis.strengths if diagnosis else "",
        "conclusions": diagnosis.conclusions if diagnosis else "",
        "baseline": diagnosis.baseline if diagnosis else None,
    }


def _sheet_area(
    area: AreaQuestions, answers: Mapping[str, int], result: Result | None
) -> dict[str, Any]:
    scored = result.area(area.code) if result else None
    return {
        "code": area.code,
        "title": area.title,
        "score": (scored.got, scored.of) if scored else None,
        "questions": [
            {"text": one.text, "levels": list(one.levels), "answer": answers.get(one.code)}
            for one in area.questions
        ],
    }


def _plain(node: TreeNode) -> Node:
    return Node(
        node.pk, node.role, node.text, node.objective, node.evidence, node.is_addressable,
        node.weight, node.position,
    )  # fmt: skip


def _compared(
    earlier: Diagnosis | None, later: Diagnosis | None, shown: Diagnosis | None = None
) -> Compared | None:
    if earlier is None or later is None:
        return None
    first, second = result_of(earlier), result_of(later)
    if first is None or second is None:
        return None
    other, result = (shown, second) if shown else (earlier, first)
    return Compared(other, result, questionnaire.compare(first, second))
