"""How allauth and axes fit this system: closed sign-up, our actions, one clear lock-out page."""

import math
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yanapay.accounts.access import can_sign_in
from yanapay.accounts.actions import set_password
from yanapay.accounts.models import User
from yanapay.audit.rules import Actor


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """User name or e-mail with password; refuses closed accounts, and demo users outside a demo."""

    def user_can_authenticate(self, user: User | None) -> bool:
        return user is not None and can_sign_in(user)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by administrators; passwords change through our action."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if can_sign_in(user):
            return None
        clear_login(request)
        refused: HttpResponse = self.respond_user_inactive(request, user)
        return refused

    def set_password(self, user: User, password: str) -> None:
        set_password(by=Actor(user.pk, user.signature), user=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An identity provider signs existing users in; it opens no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


def attempted_username(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """One count of failures per user, whether they typed the name or the e-mail address."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or request.POST.get("login", "")
    known = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).first()
    return known.username if known else typed.lower()[:150]


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, str] | None
) -> HttpResponse:
    """The page that says how many minutes are left."""
    username = attempted_username(request, credentials)
    address = get_client_ip_address(request)
    attempts = AccessAttempt.objects.filter(username=username, ip_address=address)
    last = attempts.order_by("-attempt_time").first()
    wait = get_cool_off(request)
    left = wait - (timezone.now() - last.attempt_time) if last else wait
    minutes = max(1, math.ceil(left.total_seconds() / 60))
    return render(request, "lockout.html", {"minutes": minutes}, status=429)
