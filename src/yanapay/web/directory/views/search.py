"""One box for organisations and people."""

from django.http import HttpResponse
from django.shortcuts import render

from yanapay.directory.queries.search import find
from yanapay.web.http import Request


def show(request: Request) -> HttpResponse:
    """What was found; nothing found offers to create it with the name already typed."""
    request.scope.require("directory.view")
    text = request.GET.get("q", "").strip()[:200]
    found = find(request.scope, text) if text else None
    context = {
        "q": text,
        "found": found,
        "mine": [hit.organisation for hit in found.organisations if hit.is_open] if found else [],
        "others": [hit.organisation for hit in found.organisations if not hit.is_open]
        if found
        else [],
        "may_edit": request.scope.may("directory.edit"),
        "is_number": text.replace(" ", "").isdigit(),
    }
    return render(request, "directory/search.html", context)
