"""The request as our views know it: signed in, with the scope of its user; the page of a list that it names."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from yanapay.accounts.models import User
from yanapay.centres.rules import Scope


class Request(HttpRequest):
    """What the middleware has put on every request of a signed-in person."""

    user: User
    scope: Scope
    htmx: HtmxDetails


def page_of(request: HttpRequest, rows: Any, size: int) -> "Page[Any]":
    """The rows of ``?page=``: the first where it names none, the last where it names too high a one."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
