"""Whom to visit: a new name, or a list of the directory."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext

from yanapay.directory.models import Organisation
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.record import open_organisation
from yanapay.directory.queries.selecting import Selection
from yanapay.kernel.keys import read_key
from yanapay.mapping.actions.interviews import plan_list, propose_interview
from yanapay.mapping.models import Interview
from yanapay.mapping.queries.review import known_as
from yanapay.web.acting import made, show_form
from yanapay.web.http import Request
from yanapay.web.mapping.forms import NewInterviewForm, PlanForm
from yanapay.web.mapping.pages import MOST_AT_ONCE, reviewed

SHOWN = 10  # names of a list to be planned


def new(request: Request) -> HttpResponse:
    """A new name: when something like it is known, the page asks whether it is that one."""
    request.scope.require("surveys.review")
    form = NewInterviewForm(request.POST or None, scope=request.scope)
    known: list[Any] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = read_key(request.POST.get("organisation", ""))
        if not chosen and "is_new" not in request.POST:
            known = [one for one in known_as(request.scope, data["name"]) if one.may_open]
        if not known and (interview := made(form, lambda: _propose(request, data, chosen))):
            messages.success(request, _("Planned: «%(name)s».") % {"name": interview.name})
            return redirect("mapping:interview", interview.pk)
    context = {"form": form, "known": known}
    return show_form(request, "mapping/interview_new.html", context)


def plan(request: Request) -> HttpResponse:
    """A visit to each organisation of a filtered list of the directory."""
    request.scope.require("surveys.review")
    filters = Filters.read(request.GET)
    chosen = reviewed(request, organisations(Selection(request.scope, filters)))
    total = chosen.count()
    form = PlanForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        planned = _plan_all(request, list(chosen[:MOST_AT_ONCE]), form.cleaned_data["instrument"])
        said = ngettext("%(n)s interview planned.", "%(n)s interviews planned.", planned)
        messages.success(request, said % {"n": planned})
        return redirect("mapping:interviews")
    context = {"form": form, "total": total, "some": chosen[:SHOWN], "query": filters.query(),
               "more": max(0, total - SHOWN), "too_many": total > MOST_AT_ONCE,
               "most": MOST_AT_ONCE}  # fmt: skip
    return render(request, "mapping/plan.html", context)


def _propose(request: Request, data: dict[str, Any], chosen: int | None) -> Interview:
    organisation = open_organisation(request.scope, chosen) if chosen else None
    centre = data["centre"]
    return propose_interview(
        by=request.scope.actor(centre.pk), centre=centre, instrument=data["instrument"],
        organisation=organisation, name=data["name"], area=data["area"], contact=data["contact"],
    )  # fmt: skip


def _plan_all(request: Request, found: list[Organisation], instrument: Any) -> int:
    by_centre: dict[Any, list[Organisation]] = {}
    for organisation in found:
        by_centre.setdefault(organisation.centre, []).append(organisation)
    return sum(
        len(plan_list(by=request.scope.actor(centre.pk), centre=centre, instrument=instrument,
                      organisations=theirs))
        for centre, theirs in by_centre.items()
    )  # fmt: skip
