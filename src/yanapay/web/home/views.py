"""My work today: what waits for whom, one click to act."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from yanapay.base.work import open_work
from yanapay.centres.rules import Scope
from yanapay.directory.models import ImportBatch, Organisation
from yanapay.notices.models import Notice
from yanapay.web.http import Request

ICONS = {
    "imports": "file-import", "conflicts": "clipboard-list", "sharing": "share", "privacy": "shield-check",
    "incomplete": "pencil", "duplicates": "copy", "notices": "bell", "visits": "route",
    "assignments": "briefcase", "transfers": "share", "evaluations": "target", "stages": "list-check",
    "offers": "clock", "idle": "alert-triangle", "consultations": "message-circle",
}  # fmt: skip
FIRST = ("assignments", "visits", "transfers", "evaluations", "consultations", "stages", "offers")
SHOWN = 8


def index(request: Request) -> HttpResponse:
    """What is due. Mappers go to their forms, entrepreneurs to what is stored about them."""
    scope = request.scope
    if not scope.may("directory.view"):
        return redirect(_only_place(scope))
    found = _work(scope)
    visible = Organisation.objects.live().visible_to(scope)
    context = {
        "today": timezone.localdate(),
        "work": found,
        "notices": Notice.objects.filter(user=request.user).unread().order_by("-created_at")[:5],
        "mine": visible.filter(responsible=request.user)
        .select_related("area")
        .order_by("-updated_at")[:6],
        "recent_imports": ImportBatch.objects.filter(created_by=request.user).order_by(
            "-created_at"
        )[:3],
        "is_empty": not visible.exists(),
        "may_edit": scope.may("directory.edit"),
        "may_import": scope.may("directory.import"),
        "may_serve": scope.may("assistance.edit"),
        "has_agenda": scope.may("assistance.view") or scope.may("assistance.serve"),
    }
    return render(request, "home/index.html", context)


def _only_place(scope: Scope) -> str:
    if scope.may("own.view"):
        return "own:index"
    return "surveys:fill" if scope.may("surveys.submit") else "accounts:profile"


def _work(scope: Scope) -> list[dict[str, Any]]:
    """What waits, by kind: clients who expect somebody first, then data."""
    found = [
        {"source": source, "items": items, "icon": ICONS.get(source.kind, "list-check")}
        for source, items in open_work(scope, SHOWN)
    ]
    order = {kind: place for place, kind in enumerate(FIRST)}
    return sorted(found, key=lambda group: order.get(group["source"].kind, len(FIRST)))
