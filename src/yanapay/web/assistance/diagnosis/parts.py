"""The sections of the case page for this part of the work."""

from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import Stage
from yanapay.assistance.exchange.tree_svg import draw
from yanapay.assistance.models import Case
from yanapay.assistance.queries.diagnosis import diagnosis_of, result_of, tree_of_case
from yanapay.assistance.rules.tree.ranking import rank
from yanapay.web.assistance.parts import Part
from yanapay.web.http import Request


def _diagnosis(request: Request, case: Case) -> dict[str, Any]:
    diagnosis = diagnosis_of(case)
    return {"diagnosis": diagnosis, "result": result_of(diagnosis)}


def _tree(request: Request, case: Case) -> dict[str, Any]:
    tree = tree_of_case(case)
    picture = draw(tree) if tree.central else ""
    return {"picture": mark_safe(picture), "ranked": rank(tree)[:3], "count": len(tree.nodes)}  # noqa: S308


PARTS: tuple[Part, ...] = (
    Part("diagnosis", Stage.DIAGNOSIS, _("Diagnosis"), "clipboard-list",
         "assistance/diagnosis/diagnosis_section.html", _diagnosis),
    Part("tree", Stage.DIAGNOSIS, _("Problem tree"), "sitemap",
         "assistance/diagnosis/tree_section.html", _tree),
)  # fmt: skip
