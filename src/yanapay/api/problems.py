"""What goes wrong, as JSON in the manner of RFC 9457, in the language that the caller asked for."""

from http import HTTPStatus
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError

from yanapay.kernel.errors import (
    EditConflict,
    NotAllowed,
    NotFound,
    RuleBroken,
    UnreadableFile,
    YanapayError,
)


class Problem(Schema):
    """``code`` is for programs, ``title`` and ``detail`` are for people, ``field`` is the input to mend."""

    title: str
    detail: str
    field: str = ""
    code: str


PROBLEMS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), Problem)
_STATUS: dict[type[YanapayError], tuple[int, str]] = {
    RuleBroken: (422, "rule_broken"),
    UnreadableFile: (422, "unreadable_file"),
    NotAllowed: (403, "not_allowed"),
    NotFound: (404, "not_found"),
    EditConflict: (409, "edit_conflict"),
}
_TITLES = {
    400: _("The request cannot be read"),
    401: _("A valid token is needed"),
    403: _("Not allowed"),
    404: _("Not found"),
    409: _("Somebody else was faster"),
    413: _("Too large"),
    422: _("The rules refuse this"),
    429: _("Too many requests"),
}


def answer_problems(api: NinjaAPI) -> None:
    """Make every error of the API a :class:`Problem`."""

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        status, code = _STATUS[type(error)]
        return say(request, status, code, error.message.render(gettext), error.field)

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        first: dict[str, Any] = error.errors[0] if error.errors else {}
        field = next((str(part) for part in reversed(first.get("loc", ())) if part), "")
        return say(request, 422, "invalid", str(first.get("msg", "")), field)

    def unusable(request: HttpRequest, error: Any) -> HttpResponse:
        code = HTTPStatus(error.status_code).name.lower()
        return _until(say(request, error.status_code, code, str(error)), error)

    def missing(request: HttpRequest, error: Any) -> HttpResponse:
        return say(request, 404, "not_found", gettext("There is no such address."))

    def collided(request: HttpRequest, error: Any) -> HttpResponse:
        return say(request, 409, "conflict", gettext("This contradicts what is stored already."))

    def say(
        request: HttpRequest, status: int, code: str, detail: str, field: str = ""
    ) -> HttpResponse:
        title = str(_TITLES.get(status, HTTPStatus(status).phrase))
        problem = {"title": title, "detail": detail, "field": field, "code": code}
        response = api.create_response(request, problem, status=status)
        if status == HTTPStatus.UNAUTHORIZED:
            response["WWW-Authenticate"] = "Bearer"
        return response

    api.add_exception_handler(YanapayError, refused)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(HttpError, unusable)
    api.add_exception_handler(Http404, missing)
    api.add_exception_handler(IntegrityError, collided)


def _until(response: HttpResponse, error: HttpError) -> HttpResponse:
    """Whoever asked too often is told when to ask again."""
    if isinstance(error, Throttled) and error.wait:
        response["Retry-After"] = str(error.wait)
    return response
