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
from tests.web.accounts.oidc_provider import CLIENT, SECRET, Answers, Provider, running

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
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    provider.person = {**ANA, "sub": "8", "email": "nobody@example.org"}
    known = User.objects.count()
    answer = sign_in_there(client)
    assert "Ask the administrator of your centre" in answer.content.decode()
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


def without_addresses(answers: Any) -> dict[str, Any]:
    return {"issuer": answers.server.address}


def told_to_come_back(answer: Any, status: int) -> bool:
    """A page with a way back, and no 500."""
    page = answer.content.decode()
    return answer.status_code == status and "/accounts/login/" in page and "other service" in page


def test_a_service_that_is_not_there_is_told(
    cast: Cast, client: Client, provider: Provider, settings: Settings
) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:1"
    assert told_to_come_back(client.post("/accounts/oidc/oidc/login/"), 502)


def test_what_is_no_such_service_is_told(
    cast: Cast, client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    monkeypatch.setattr(Answers, "_discovery", without_addresses)
    assert told_to_come_back(client.post("/accounts/oidc/oidc/login/"), 502)


def test_a_wrong_secret_is_told(
    cast: Cast, client: Client, provider: Provider, settings: Settings
) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["secret"] = "wrong"
    assert told_to_come_back(sign_in_there(client), 401)
    assert client.get("/profile/").status_code == 302


def test_half_a_configuration_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANAPAY_OIDC_SERVER_URL", "https://id.example.org")
    with pytest.raises(SystemExit, match="YANAPAY_OIDC_CLIENT_ID"):
        importlib.reload(environment)
    monkeypatch.undo()
    importlib.reload(environment)
