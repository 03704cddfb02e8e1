"""The page of one case."""

from django.http import HttpResponse
from django.shortcuts import render

from yanapay.assistance.queries.cases import open_case
from yanapay.web.assistance.cases.story import story
from yanapay.web.http import Request


def show(request: Request, pk: int) -> HttpResponse:
    """The story of a case, stage by stage, with what its stage still lacks."""
    return render(request, "assistance/case.html", story(request, open_case(request.scope, pk)))
