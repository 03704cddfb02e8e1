"""The catalogue of technologies."""

from itertools import groupby

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yanapay.assistance.models import Case, TechnologyUse
from yanapay.roster.actions.catalogue import add_technology
from yanapay.roster.queries.technologies import catalogue
from yanapay.web.acting import accepted
from yanapay.web.http import Request
from yanapay.web.roster.forms import TechnologyForm
from yanapay.web.roster.pages import form_page


def show(request: Request) -> HttpResponse:
    """All technologies by category, with the number of cases of one's centres that applied each."""
    request.scope.require("roster.view")
    text = request.GET.get("q", "").strip()[:100]
    visible = Case.objects.visible_to(request.scope)
    used = (
        TechnologyUse.objects.filter(case__in=visible).values("technology").annotate(n=Count("pk"))
    )
    cases = {row["technology"]: row["n"] for row in used}
    rows = [(technology, cases.get(technology.pk, 0)) for technology in catalogue(text)]
    groups = [(name, list(found)) for name, found in groupby(rows, lambda row: row[0].category)]
    context = {"groups": groups, "q": text, "total": len(rows), "applied": sum(1 for _t, n in rows if n),
               "may_edit": request.scope.may("roster.edit")}  # fmt: skip
    return render(request, "roster/catalogue.html", context)


def create(request: Request) -> HttpResponse:
    """Add a technology that the catalogue lacks."""
    request.scope.require("roster.edit")
    form = TechnologyForm(
        request.POST or None, initial={"category": request.GET.get("category", "")}
    )
    if accepted(form, add_technology, by=request.scope.actor()):
        messages.success(request, _("The technology is in the catalogue."))
        return redirect("roster:catalogue")
    lead = _("Look first whether it is there under another name: cases are compared by it.")
    return form_page(
        request, form, title=_("Add a technology"), specialist=None, lead=lead,
        template="roster/technology.html",
    )  # fmt: skip
