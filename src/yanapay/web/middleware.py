"""What happens around every page: who asks, what they may, in which language."""

import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.views.defaults import page_not_found, permission_denied

from yanapay.base.storage import is_unwritable
from yanapay.centres.queries import NOBODY, scope_of
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotAllowed, NotFound
from yanapay.web.errors import error_page

log = logging.getLogger("django.request")
PROGRAMS = ("/api/", "/odk/")  # answer for themselves: tokens, JSON and OpenRosa errors
MAY_STAY = {"account_change_password", "account_logout", "set_language"}

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]


class Middleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class ContentSecurityPolicy(Middleware):
    """Pages load scripts, styles and pictures from this host only."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        return response


class SignInRequired(LoginRequiredMiddleware):
    """Every page asks for a signed-in person, unless its view says ``login_not_required``."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: View,
        view_args: tuple[Any],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if request.path_info.startswith(PROGRAMS):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class OwnLanguage(Middleware):
    """Signed-in people read in the language of their profile."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class NewPasswordFirst(Middleware):
    """Whoever was given a password chooses an own one before anything else."""

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        match = request.resolver_match
        if not (request.user.is_authenticated and request.user.must_change_password):
            return None
        if request.path_info.startswith(PROGRAMS) or (match and match.view_name in MAY_STAY):
            return None
        messages.info(request, gettext("Choose a password of your own first."))
        return redirect("account_change_password")


class ScopeMiddleware(Middleware):
    """``request.scope``: what the user may see and do today, worked out when first asked for."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(partial(_scope, request))  # type: ignore[attr-defined]
        return self.get_response(request)


class ErrorPages(Middleware):
    """A domain's "not found" and "not allowed" become the pages of the same name; a full disk has its own."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if request.path_info.startswith(PROGRAMS):
            return None
        if isinstance(error, NotFound):
            return page_not_found(request, error)
        if isinstance(error, NotAllowed):
            return permission_denied(request, error)
        if is_unwritable(error):
            log.error("Nothing can be written: %s", request.path, exc_info=error)
            return error_page(request, HTTPStatus.INSUFFICIENT_STORAGE)
        return None


def _scope(request: HttpRequest) -> Scope:
    user = request.user
    return scope_of(user, timezone.localdate()) if user.is_authenticated else NOBODY
