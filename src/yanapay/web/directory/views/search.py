"""One box for organisations, people and cases."""

from django.http import HttpResponse
from django.shortcuts import render

from yanapay.assistance.queries.listing import find_cases
from yanapay.directory.queries.phones import looks_like_number
from yanapay.directory.queries.search import find, find_organisations, find_persons
from yanapay.web.http import Request

SUGGESTED = 8
LONGEST_PHONE = 9  # digits of a telephone within the country; a RUC has eleven


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
        "prefilled": _prefilled(text),
    }
    return render(request, "directory/search.html", context)


def _prefilled(text: str) -> str:
    """The field of the form that what was looked for belongs into: a number is no name."""
    if not looks_like_number(text):
        return "name"
    abroad, digits = "+" in text, sum(map(str.isdecimal, text))
    return "private_phone" if abroad or digits <= LONGEST_PHONE else "tax_id"


def organisations(request: Request) -> HttpResponse:
    """Options of organisations for what is being typed, for a datalist; only those the user may open."""
    request.scope.require("directory.view")
    hits = find_organisations(request.scope, typed(request), SUGGESTED)
    return options(
        request, [(one.organisation.name, one.organisation.area) for one in hits if one.is_open]
    )


def people(request: Request) -> HttpResponse:
    """Options of people of the user's centres."""
    request.scope.require("persons.view")
    found = find_persons(request.scope, typed(request), SUGGESTED)
    return options(request, [(person.name, person.document_number) for person in found])


def typed(request: Request) -> str:
    """What the field that asks holds so far."""
    return request.GET.get(request.GET.get("field", ""), "").strip()[:200]


def options(request: Request, found: list[tuple[str, object]]) -> HttpResponse:
    return render(request, "forms/options.html", {"options": found})
