"""The board of a centre: open cases by stage, and for whoever assigns work everybody's load."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yanapay.assistance.queries.board import board, loads
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.kernel.keys import read_key
from yanapay.web.http import Request


def show(request: Request) -> HttpResponse:
    """One centre at a time; everybody's cases or those of one person."""
    request.scope.require("assistance.view")
    centres = list(_centres(request.scope))
    centre = _chosen(centres, request.GET.get("centre", ""))
    person, today = read_key(request.GET.get("responsible", "")), timezone.localdate()
    people = loads(centre.pk, today) if request.scope.may("assistance.assign", centre.pk) else []
    context = {
        "centre": centre, "centres": centres, "loads": people, "person": person,
        "chosen": next((load.user for load in people if load.user.pk == person), None),
        "columns": board(centre.pk, today, person),
        "may_edit": request.scope.may("assistance.edit", centre.pk),
    }  # fmt: skip
    return render(request, "assistance/cases/board.html", context)


def _centres(scope: Scope) -> QuerySet[Centre]:
    held = scope.centres_with("assistance.view")
    found = Centre.objects.filter(is_active=True)
    return found if held is None else found.filter(pk__in=held)


def _chosen(centres: list[Centre], asked: str) -> Centre:
    """The centre that was asked for, else the first."""
    key = read_key(asked)
    found = next((one for one in centres if key in (None, one.pk)), None)
    if found is None:
        raise NotFound("There is no such centre.")
    return found
