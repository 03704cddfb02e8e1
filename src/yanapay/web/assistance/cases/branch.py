"""Follow-up by branch: the cases of one subsector seen together."""

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from yanapay.assistance.choices import State, Subsector
from yanapay.assistance.models import Case
from yanapay.assistance.queries.branch import branch, branch_cases
from yanapay.web.http import Request

SHOWN = 12


def index(request: Request) -> HttpResponse:
    """Every branch with how many cases it has."""
    request.scope.require("assistance.view")
    standing = Count("pk", filter=Q(state__in=(State.OPEN, State.PAUSED)))
    rows = Case.objects.visible_to(request.scope).order_by().values("subsector")
    counts = {row["subsector"]: row for row in rows.annotate(n=Count("pk"), standing=standing)}
    found = [(one, counts[one.value]) for one in Subsector if one.value in counts]
    found.sort(key=lambda pair: -pair[1]["n"])
    most = found[0][1]["n"] if found else 1
    context = {"branches": [(one, row, 100 * row["n"] // most) for one, row in found]}
    return render(request, "assistance/cases/branches.html", context)


def show(request: Request, code: str) -> HttpResponse:
    """What the cases of a branch have in common."""
    request.scope.require("assistance.view")
    if code not in Subsector.values:
        raise Http404
    newest = branch_cases(request.scope, code).select_related("organisation").newest_first()
    found = branch(request.scope, code)
    context = {
        "subsector": Subsector(code), "branch": found, "cases": newest[:SHOWN],
        "most_problem": max((p.count for p in found.problems), default=1),
        "most_technology": max((n for _, n in found.technologies), default=1),
    }  # fmt: skip
    return render(request, "assistance/cases/branch.html", context)
