"""The page of what went wrong: whoever reads the public site is led back to it, everybody else to their work.

These pages ask nothing of the database, which may be what broke.
"""

import logging
from http import HTTPStatus
from secrets import token_hex

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from yanapay.web.public.pages import language_of, show

log = logging.getLogger(__name__)
TEMPLATES = {
    HTTPStatus.BAD_REQUEST: ("400.html", "public/400.html"),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("500.html", "public/500.html"),
    HTTPStatus.INSUFFICIENT_STORAGE: ("507.html", "public/507.html"),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's ``handler400``: too many fields, too long, a host that is not ours and has no address here."""
    if isinstance(exception, DisallowedHost):
        return _plain(HTTPStatus.BAD_REQUEST)
    return error_page(request, HTTPStatus.BAD_REQUEST)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: the reference on the page leads to the fault in the log."""
    reference = token_hex(3).upper()
    log.error("Fault %s: %s %s", reference, request.method, request.path)
    return error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR, reference)


def error_page(request: HttpRequest, status: HTTPStatus, reference: str = "") -> HttpResponse:
    """The page of that status, in the language of the address or of the reader."""
    if not request.path_info.startswith(reverse("public:directory")):
        return _plain(status, reference)
    with override(language_of(request)):
        return show(request, TEMPLATES[status][1], status=status)


def _plain(status: HTTPStatus, reference: str = "") -> HttpResponse:
    page = render_to_string(TEMPLATES[status][0], {"reference": reference})
    return HttpResponse(page, status=status)
