"""One box for organisations, people and cases."""

from django.http import HttpResponse
from django.shortcuts import render

from yanapay.assistance.queries.listing import find_cases
from yanapay.directory.queries.search import find
from yanapay.web.http import Request


def show(request: Request) -> HttpResponse:
    """What was found; nothing found offers to create it with the name already typed."""
    request.scope.require("directory.view")
    text = request.GET.get("q", "").strip()[:200]
    found = find(request.scope, text) if text else None
    serves = request.scope.may("assistance.view") or request.scope.may("assistance.serve")
    context = {
        "q": text,
        "found": found,
        "mine": [hit.organisation for hit in found.organisations if hit.is_open] if found else [],
        "others": [hit.organisation for hit in found.organisations if not hit.is_open]
        if found
        else [],
        "cases": find_cases(request.scope, text) if text and serves else [],
        "may_edit": request.scope.may("directory.edit"),
        "is_number": text.replace(" ", "").isdigit(),
    }
    return render(request, "directory/search.html", context)
