"""A document that cannot be made: a page that says so, never a traceback."""

from django.http import HttpResponse
from django.shortcuts import render

from yanapay.kernel.errors import RuleBroken
from yanapay.web.acting import say
from yanapay.web.http import Request


def broken(request: Request, error: RuleBroken) -> HttpResponse:
    """What is the matter, and whom to tell."""
    return render(request, "quality/broken.html", {"sentence": say(error.message)}, status=422)
