"""The cases of one branch seen together: common problems, technologies, results."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Avg, Count, F, Q, QuerySet

from yanapay.assistance.choices import NodeRole, Round, State
from yanapay.assistance.models import Case, Evaluation, Measurement, TechnologyUse, TreeNode
from yanapay.assistance.models.cases import CaseQuerySet
from yanapay.centres.rules import Scope
from yanapay.kernel.text import words

SHOWN = 12
LOOKED_AT = 5_000  # the causes of the newest cases; a national branch has more than anybody reads


@dataclass(frozen=True)
class Problem:
    """A cause met in several cases, in the words of the newest."""

    text: str
    count: int
    case: int


@dataclass(frozen=True)
class Branch:
    """What the cases of a branch have in common."""

    total: int
    enterprises: int
    standing: int
    closed: int
    problems: list[Problem]
    technologies: list[tuple[str, int]]
    satisfaction: float | None
    attribution: float | None
    evaluated: int
    improved: int
    measured: int


Keys: TypeAlias = "QuerySet[Case, Any]"  # the cases of a branch, as a subquery


def branch_cases(scope: Scope, subsector: str) -> CaseQuerySet:
    return Case.objects.visible_to(scope).filter(subsector=subsector)


def branch(scope: Scope, subsector: str) -> Branch:
    """The branch in the user's centres."""
    found = branch_cases(scope, subsector)
    counts = found.aggregate(
        total=Count("pk"), enterprises=Count("organisation", distinct=True),
        standing=Count("pk", filter=Q(state__in=(State.OPEN, State.PAUSED))),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
    )  # fmt: skip
    among = found.values("pk")
    finals = Evaluation.objects.filter(case__in=among, round=Round.FINAL, done_on__isnull=False)
    told = finals.aggregate(
        satisfaction=Avg("satisfaction"), attribution=Avg("attribution"), evaluated=Count("pk")
    )
    improved, measured = _improved(among)
    return Branch(**counts, **told, problems=_problems(among), technologies=_technologies(among),
                  improved=improved, measured=measured)  # fmt: skip


def _problems(among: Keys) -> list[Problem]:
    """Addressable causes with the same words, however they are ordered or accented."""
    causes = TreeNode.objects.filter(
        diagnosis__case__in=among, role=NodeRole.CAUSE, is_addressable=True
    )
    rows = causes.order_by("-pk").values_list("text", "diagnosis__case_id")[:LOOKED_AT]
    groups: dict[frozenset[str], list[tuple[str, int]]] = {}
    for text, case in rows:
        groups.setdefault(frozenset(words(text)), []).append((text, case))
    told = [
        Problem(same[0][0], len({case for _, case in same}), same[0][1]) for same in groups.values()
    ]
    return sorted(told, key=lambda problem: -problem.count)[:SHOWN]


def _technologies(among: Keys) -> list[tuple[str, int]]:
    used = TechnologyUse.objects.filter(case__in=among).order_by()
    rows = used.values_list("technology__name").annotate(n=Count("case", distinct=True))
    return list(rows.order_by("-n", "technology__name")[:SHOWN])


def _improved(among: Keys) -> tuple[int, int]:
    """How many indicators moved the way they should, of those measured after the end."""
    final = Measurement.objects.filter(
        indicator__plan__case__in=among, evaluation__round=Round.FINAL,
        indicator__baseline__isnull=False,
    )  # fmt: skip
    better = Q(indicator__direction="up", value__gt=F("indicator__baseline")) | Q(
        indicator__direction="down", value__lt=F("indicator__baseline")
    )
    counts = final.aggregate(n=Count("pk"), better=Count("pk", filter=better))
    return counts["better"], counts["n"]
