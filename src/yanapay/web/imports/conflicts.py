"""Rows of a file that differ from what people wrote: both side by side, a person decides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.directory.exchange import accept_conflict, refuse_conflict
from yanapay.directory.queries.work import open_conflicts
from yanapay.kernel.keys import read_key
from yanapay.web.acting import actor, done
from yanapay.web.http import Request
from yanapay.web.imports.sides import sides

SHOWN = 20


def index(request: Request) -> HttpResponse:
    """Open conflicts, oldest first, of one import when asked."""
    request.scope.require("directory.edit")
    found = open_conflicts(request.scope).select_related("organisation__area", "batch")
    if (number := read_key(request.GET.get("import", ""))) is not None:
        found = found.filter(batch=number)
    conflicts = list(found.order_by("pk")[:SHOWN])
    context = {"conflicts": [(one, sides(one)) for one in conflicts], "total": found.count()}
    return render(request, "imports/conflicts.html", context)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Take the file's version, or keep the record."""
    conflict = get_object_or_404(open_conflicts(request.scope), pk=pk)
    decision = accept_conflict if "accept" in request.POST else refuse_conflict
    by = actor(request, conflict.batch)
    if done(request, lambda: decision(by=by, conflict=conflict)):
        messages.success(request, _("Decided: «%(name)s».") % {"name": conflict.organisation.name})
    return redirect("imports:conflicts")
