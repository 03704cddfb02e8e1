"""Signing in with the service of an institution (OpenID Connect), when that service is not as configured."""

import logging

from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger(__name__)


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The way to the service; a page that says so when it is not there, or is no such service."""
    try:
        left: HttpResponse = views.login(request, provider_id)
    except (RequestException, KeyError) as error:  # nobody answers; the answer names no addresses
        return _no_service(request, error)
    return left


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The way back."""
    try:
        arrived: HttpResponse = views.callback(request, provider_id)
    except (RequestException, KeyError) as error:
        return _no_service(request, error)
    return arrived


def _no_service(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("The sign-in service (YANAPAY_OIDC_SERVER_URL) does not answer as one: %r", error)
    return render(request, "socialaccount/authentication_error.html", status=502)
