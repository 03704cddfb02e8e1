"""Signing in with the identity service of an institution, by configuration alone."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings
from tests.factories.accounts import OPERATOR
from tests.factories.centres import Cast
from tests.web.accounts.oidc_provider import CLIENT, SECRET, Provider, running

from yanapay.accounts.actions import close_account
from yanapay.accounts.models import User
from yanapay.config import environment, sign_in

ANA = {"sub": "7", "email": "ana@example.org", "email_verified": True, "name": "Ana Quispe"}


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The service, and what an operator writes into the environment to use it."""
    cache.clear()
    with running(ANA) as provider:
        told = {
            "name": "Wiñay ID",
            "client_id": CLIENT,
            "secret": SECRET,
            "server_url": provider.address,
        }
        with monkeypatch.context() as patch:
            patch.setattr(environment, "OIDC", told)
            settings.SOCIALACCOUNT_PROVIDERS = importlib.reload(sign_in).SOCIALACCOUNT_PROVIDERS
        importlib.reload(sign_in)
        yield provider


def sign_in_there(client: Client) -> Any:
    """Our button, the service's answer, and back to us."""
    leaving = client.post("/accounts/oidc/oidc/login/")
    assert leaving.status_code == 302, leaving.content
    there = requests.get(leaving["Location"], allow_redirects=False, timeout=10)
    path = there.headers["Location"].split("testserver", 1)[1]
    return client.get(path, follow=True)


def test_the_button_stands_on_the_page_and_signs_an_existing_user_in(
    cast: Cast, client: Client, provider: Provider
) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "Wiñay ID" in page
    assert "/accounts/oidc/oidc/login/" in page
    sign_in_there(client)
    assert client.get("/profile/").context["user"] == cast.ana
    assert "code_challenge" in provider.asked


def test_a_stranger_gets_no_account(cast: Cast, client: Client, provider: Provider) -> None:
    provider.person = {**ANA, "sub": "8", "email": "nobody@example.org"}
    known = User.objects.count()
    answer = sign_in_there(client)
    assert answer.status_code == 200
    assert client.get("/profile/").status_code == 302
    assert User.objects.count() == known


def test_an_address_that_the_service_has_not_verified_opens_nothing(
    cast: Cast, client: Client, provider: Provider
) -> None:
    provider.person = {**ANA, "email_verified": False}
    sign_in_there(client)
    assert client.get("/profile/").status_code == 302


def test_a_closed_account_stays_out(cast: Cast, client: Client, provider: Provider) -> None:
    close_account(by=OPERATOR, user=cast.ana)
    sign_in_there(client)
    assert client.get("/profile/").status_code == 302
