"""Tokens: shown once, cut to scopes, ended at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.factories.accounts import OPERATOR, make_account

from yanapay.accounts.actions import create_token, revoke_token
from yanapay.accounts.choices import TokenScope
from yanapay.accounts.models import Token, User
from yanapay.accounts.queries import authenticate_token
from yanapay.accounts.rules import draw_token
from yanapay.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db


def make_token(user: User | None = None, **fields: Any) -> tuple[Token, str]:
    raw = draw_token()
    owner = user or make_account()
    fields.setdefault("scopes", ["directory:read"])
    return create_token(by=OPERATOR, user=owner, raw=raw, **fields), raw


def test_a_token_acts_for_its_user_within_its_scopes() -> None:
    token, raw = make_token()
    assert raw.startswith("yan_")
    assert raw not in str(Token.objects.values())
    found = authenticate_token(raw)
    assert found == token
    assert found.may(TokenScope.DIRECTORY_READ)
    assert not found.may(TokenScope.DIRECTORY_WRITE)


def test_ended_tokens_open_nothing(settings: Settings) -> None:
    token, revoked = make_token()
    revoke_token(by=OPERATOR, token=token)
    late, expired = make_token(days=1)
    Token.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    gone = make_account()
    _, orphaned = make_token(gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    demo = make_account()
    _, demonstrating = make_token(demo)
    User.objects.filter(pk=demo.pk).update(is_fictitious=True)
    assert authenticate_token(demonstrating)
    settings.YANAPAY_MODE = "production"
    for raw in (revoked, expired, orphaned, demonstrating, "", "yan_x", "other"):
        assert authenticate_token(raw) is None


def test_use_is_noted_but_not_every_time(assert_queries: Callable[..., Any]) -> None:
    token, raw = make_token()
    authenticate_token(raw)
    token.refresh_from_db()
    assert token.last_used_at
    with assert_queries(1):
        authenticate_token(raw)


@pytest.mark.parametrize("scopes", [[], ["everything"]])
def test_a_token_needs_known_scopes(scopes: list[str]) -> None:
    with pytest.raises(RuleBroken):
        make_token(scopes=scopes)
