"""The queue, one pair side by side, and the search that fills the queue."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.centres.models import Centre
from yanapay.kernel.errors import NotFound, YanapayError
from yanapay.linkage.actions import judge_different
from yanapay.linkage.choices import RunState
from yanapay.linkage.models import CandidatePair, LinkageRun
from yanapay.linkage.queries import queue as queries
from yanapay.linkage.tasks import search_later
from yanapay.web.acting import actor, done, say
from yanapay.web.heads import Head
from yanapay.web.http import Request, page_of
from yanapay.web.linkage.words import COMPARISONS, LEVELS, STEPS

PER_PAGE = 25


def queue(request: Request) -> HttpResponse:
    """Pairs that wait, the likeliest first."""
    request.scope.require("directory.merge")
    page = page_of(request, queries.waiting(request.scope), PER_PAGE)
    found = [(one, [_reason(r) for r in queries.reasons(one)[:3]]) for one in page]
    context = {"page": page, "pairs": found, "last": queries.last_run(request.scope),
               "centres": _centres(request),
               "head": Head(reverse("linkage:queue"), page.paginator.count)}  # fmt: skip
    return render(request, "linkage/queue.html", context)


def pair(request: Request, pk: int) -> HttpResponse:
    """Both records side by side, what speaks for and against, and the decision."""
    found = opened(request, pk)
    context = {
        "pair": found, "lines": queries.side_by_side(found), "next": queries.next_pair(request.scope, found),
        "reasons": [_reason(reason) for reason in queries.reasons(found)],
    }  # fmt: skip
    return render(request, "linkage/pair.html", context)


@require_POST
def different(request: Request, pk: int) -> HttpResponse:
    """Not the same: never asked again."""
    found = opened(request, pk)
    following = queries.next_pair(request.scope, found)
    by = actor(request, found.left)
    said = _("Noted: two different organisations.")
    done(request, lambda: judge_different(by=by, pair=found), said)
    return redirect("linkage:pair", following.pk) if following else redirect("linkage:queue")


@require_POST
def start(request: Request) -> HttpResponse:
    """Search in the background, over one centre of the user."""
    centre = get_object_or_404(_centres(request), pk=request.POST.get("centre") or 0)
    try:
        run = search_later(by=request.scope.actor(centre.pk), centre=centre)
    except YanapayError as error:
        messages.error(request, say(error.message))
        return redirect("linkage:queue")
    return redirect("linkage:run", run.pk)


def run(request: Request, pk: int) -> HttpResponse:
    """How far a search is, and what it found."""
    return render(request, "linkage/run.html", _run_context(request, pk))


def progress(request: Request, pk: int) -> HttpResponse:
    """The bar alone; at the end the whole page is asked for again."""
    context = _run_context(request, pk)
    response = render(request, "linkage/run.html#bar", context)
    if not context["is_running"]:
        response["HX-Refresh"] = "true"
    return response


def opened(request: Request, pk: int) -> CandidatePair:
    """A pair that waits and is the user's to decide; else the page does not exist."""
    request.scope.require("directory.merge")
    try:
        return queries.open_pair(request.scope, pk)
    except NotFound as error:
        raise Http404 from error


def _run_context(request: Request, pk: int) -> dict[str, Any]:
    request.scope.require("directory.merge")
    found = get_object_or_404(LinkageRun.objects.select_related("centre"), pk=pk)
    if not request.scope.may("directory.merge", found.centre_id):
        raise Http404
    is_running = found.state in (RunState.QUEUED, RunState.RUNNING)
    return {"run": found, "is_running": is_running, "step": STEPS.get(found.step, "")}


def _centres(request: Request) -> Any:
    allowed = request.scope.centres_with("directory.merge")
    found = Centre.objects.filter(is_active=True)
    return found if allowed is None else found.filter(pk__in=allowed)


def _reason(reason: Any) -> dict[str, Any]:
    return {
        "comparison": COMPARISONS.get(reason.comparison, reason.comparison),
        "level": LEVELS.get(reason.level, reason.level),
        "weight": reason.weight, "speaks_for": reason.speaks_for, "bar": reason.bar,
        "left": 12 - reason.bar,
    }  # fmt: skip
