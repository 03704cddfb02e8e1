"""Choosing what survives, merging, and undoing a merge."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.directory.models import Organisation
from yanapay.directory.queries.merging import plan_merge
from yanapay.kernel.errors import NotFound
from yanapay.linkage.actions import merge_pair, undo_pair_merge
from yanapay.linkage.models import CandidatePair
from yanapay.linkage.queries import queue as queries
from yanapay.web.acting import actor, done
from yanapay.web.directory.choosing import different, taken
from yanapay.web.http import Request, page_of
from yanapay.web.linkage.views import opened

PER_PAGE = 25


def merge(request: Request, pk: int) -> HttpResponse:
    """GET shows what would happen; POST does it. ``keep`` names the record that stays."""
    pair = opened(request, pk)
    keep, drop = _sides(request, pair)
    if request.method == "POST" and (merged := _merged(request, pair, keep)):
        return merged
    plan = plan_merge(keep, drop, taken(request))
    context = {"pair": pair, "plan": plan, "choices": different(plan)}
    return render(request, "linkage/merge.html", context)


def history(request: Request) -> HttpResponse:
    """What was merged, newest first, each with its way back."""
    request.scope.require("directory.merge")
    page = page_of(request, queries.merges(request.scope), PER_PAGE)
    return render(request, "linkage/history.html", {"page": page})


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Both records as they were, or a sentence why not."""
    request.scope.require("directory.merge")
    try:
        found = queries.open_merge(request.scope, pk)
    except NotFound as error:
        raise Http404 from error
    by = actor(request, found.keep)
    said = _("Undone: both records are back as they were.")
    done(request, lambda: undo_pair_merge(by=by, merge=found), said)
    return redirect("linkage:history")


def _merged(request: Request, pair: CandidatePair, keep: Organisation) -> HttpResponse | None:
    following = queries.next_pair(request.scope, pair)
    by, on, take = actor(request, keep), timezone.localdate(), taken(request)
    if not done(request, lambda: merge_pair(by=by, pair=pair, keep=keep, on=on, take=take)):
        return None
    messages.success(request, _("Merged into «%(name)s».") % {"name": keep.name})
    return redirect("linkage:pair", following.pk) if following else redirect("linkage:queue")


def _sides(request: Request, pair: CandidatePair) -> tuple[Organisation, Organisation]:
    """The record that stays (the left one unless asked otherwise) and the one that goes."""
    asked = request.POST.get("keep") or request.GET.get("keep")
    sides = (pair.left, pair.right)
    return sides if asked != str(pair.right_id) else (pair.right, pair.left)
