"""Choosing what survives, merging, and undoing a merge."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.directory.models import Organisation
from yanapay.directory.queries.merging import Choice, plan_merge
from yanapay.kernel.errors import NotFound, YanapayError
from yanapay.linkage.actions import merge_pair, undo_pair_merge
from yanapay.linkage.models import CandidatePair
from yanapay.linkage.queries import queue as queries
from yanapay.web.acting import say
from yanapay.web.http import Request
from yanapay.web.linkage.views import opened

PER_PAGE = 25


def merge(request: Request, pk: int) -> HttpResponse:
    """GET shows what would happen; POST does it. ``keep`` names the record that stays."""
    pair = opened(request, pk)
    keep, drop = _sides(request, pair)
    if request.method == "POST" and (done := _merged(request, pair, keep)):
        return done
    plan = plan_merge(keep, drop, _taken(request))
    context = {"pair": pair, "plan": plan, "choices": list(_different(plan.choices))}
    return render(request, "linkage/merge.html", context)


def history(request: Request) -> HttpResponse:
    """What was merged, newest first, each with its way back."""
    request.scope.require("directory.merge")
    page = Paginator(queries.merges(request.scope), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "linkage/history.html", {"page": page})


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Both records as they were, or a sentence why not."""
    request.scope.require("directory.merge")
    try:
        found = queries.open_merge(request.scope, pk)
        undo_pair_merge(by=request.scope.actor(found.keep.centre_id), merge=found)
        messages.success(request, _("Undone: both records are back as they were."))
    except NotFound as error:
        raise Http404 from error
    except YanapayError as error:
        messages.error(request, say(error.message))
    return redirect("linkage:history")


def _merged(request: Request, pair: CandidatePair, keep: Organisation) -> HttpResponse | None:
    following = queries.next_pair(request.scope, pair)
    try:
        merge_pair(
            by=request.scope.actor(keep.centre_id), pair=pair, keep=keep,
            on=timezone.localdate(), take=_taken(request),
        )  # fmt: skip
    except YanapayError as error:
        messages.error(request, say(error.message))
        return None
    messages.success(request, _("Merged into «%(name)s».") % {"name": keep.name})
    return redirect("linkage:pair", following.pk) if following else redirect("linkage:queue")


def _sides(request: Request, pair: CandidatePair) -> tuple[Organisation, Organisation]:
    """The record that stays (the left one unless asked otherwise) and the one that goes."""
    asked = request.POST.get("keep") or request.GET.get("keep")
    sides = (pair.left, pair.right)
    return sides if asked != str(pair.right_id) else (pair.right, pair.left)


def _taken(request: Request) -> list[str] | None:
    """Fields chosen from the record that goes; None before anybody chose."""
    if request.method != "POST":
        return None
    chosen = ((name, side) for name, side in request.POST.items() if name.startswith("take-"))
    return [name.removeprefix("take-") for name, side in chosen if side == "drop"]


def _different(choices: list[Choice]) -> Iterator[dict[str, Any]]:
    """The fields to decide on: those that differ."""
    for choice in choices:
        if choice.differs:
            yield {"choice": choice, "keep": _shown(choice.keep), "drop": _shown(choice.drop)}


def _shown(value: Any) -> str:
    parts = value if isinstance(value, tuple | list) else [value]
    return ", ".join(str(part) for part in parts if part not in (None, ""))
