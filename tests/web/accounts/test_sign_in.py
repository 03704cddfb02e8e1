"""Signing in through the real pages: password, lock-out, two steps, first password."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.fixtures import Settings
from tests.factories.accounts import OPERATOR, PASSWORD
from tests.factories.centres import Cast
from tests.web.conftest import Browse

from yanapay.accounts.actions import close_account, set_password
from yanapay.accounts.models import User
from yanapay.audit.models import Event
from yanapay.config.sign_in import PASSWORD_HASHERS

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD) -> int:
    """The status of the answer: 302 is in."""
    return client.post(LOGIN, {"login": login, "password": password}).status_code


def code_for(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.mark.parametrize("login", ["ana", "ANA", "ana@example.org"])
def test_by_name_or_address(cast: Cast, client: Client, login: str) -> None:
    assert sign_in(client, login) == 302
    assert client.get("/profile/").context["user"] == cast.ana


def test_a_password_of_an_earlier_release_opens_and_is_kept_more_safely(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    User.objects.filter(pk=cast.ana.pk).update(
        password=make_password(PASSWORD, hasher="pbkdf2_sha256")
    )
    assert sign_in(client, "ana") == 302
    cast.ana.refresh_from_db()
    assert identify_hasher(cast.ana.password).algorithm == "argon2"


def test_a_closed_account_stays_out(cast: Cast, client: Client, browse: Browse) -> None:
    open_browser = browse(cast.ana)
    close_account(by=OPERATOR, user=cast.ana)
    sign_in(client, "ana")
    assert client.get("/profile/").status_code == 302
    assert open_browser.get("/profile/").status_code == 302


def test_a_demo_user_cannot_sign_in_outside_a_demo(
    cast: Cast, client: Client, browse: Browse, settings: Settings
) -> None:
    User.objects.filter(pk=cast.ana.pk).update(is_fictitious=True)
    open_browser = browse(cast.ana)
    assert open_browser.get("/profile/").status_code == 200
    settings.YANAPAY_MODE = "production"
    sign_in(client, "ana")
    assert client.get("/profile/").status_code == 302
    assert open_browser.get("/profile/").status_code == 302


def test_five_wrong_passwords_close_the_door_and_say_for_how_long(
    cast: Cast, client: Client
) -> None:
    for login in ("ana", "ana@example.org", "ana", "ana"):
        assert sign_in(client, login, "wrong") == 200
    answer = client.post(LOGIN, {"login": "ana", "password": "wrong"})
    assert answer.status_code == 429
    assert answer.context["minutes"] == 15
    assert "15" in answer.content.decode()
    assert sign_in(client, "ana") == 429
    assert sign_in(client, "ana@example.org") == 429
    assert sign_in(client, "beto") == 302
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "ana") == 302


def test_success_forgets_the_failures(cast: Cast, client: Client) -> None:
    sign_in(client, "ana", "wrong")
    sign_in(client, "ana")
    assert not AccessAttempt.objects.exists()


def test_nobody_signs_up(client: Client, db: None) -> None:
    fields = {"username": "eva", "password1": PASSWORD, "email": "eva@example.org"}
    client.post("/accounts/signup/", fields)
    assert not User.objects.exists()


def test_two_steps(cast: Cast, client: Client) -> None:
    sign_in(client, "ana")
    page = client.get("/accounts/2fa/totp/activate/", follow=True)
    if page.request["PATH_INFO"].endswith("reauthenticate/"):
        client.post(page.request["PATH_INFO"], {"password": PASSWORD})
        page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)}, follow=True)
    assert answer.status_code == 200
    codes = client.get("/accounts/2fa/recovery-codes/", follow=True)
    recovery = re.findall(r"\b\d{8}\b", codes.content.decode())[0]

    for code in (code_for(secret, steps=1), recovery):
        other = Client()
        assert sign_in(other, "ana") == 302
        assert other.get("/profile/").status_code == 302
        other.post("/accounts/2fa/authenticate/", {"code": code})
        assert other.get("/profile/").status_code == 200


def test_a_given_password_is_changed_before_anything_else(cast: Cast, client: Client) -> None:
    set_password(by=OPERATOR, user=cast.ana, password="prestada 4321", must_change=True)
    sign_in(client, "ana", "prestada 4321")
    assert client.get("/profile/").headers["Location"] == "/accounts/password/change/"
    weak = {"oldpassword": "prestada 4321", "password1": "corta", "password2": "corta"}
    assert client.post("/accounts/password/change/", weak).status_code == 200
    own = {
        "oldpassword": "prestada 4321",
        "password1": "mi propia clave",
        "password2": "mi propia clave",
    }
    assert client.post("/accounts/password/change/", own).status_code == 302
    assert client.get("/profile/").status_code == 200
    assert Event.objects.filter(action="user.password_changed", actor_id=cast.ana.pk).exists()


def test_without_configuration_no_provider_is_offered(client: Client, db: None) -> None:
    assert "oidc" not in client.get(LOGIN).content.decode()


def addresses(resolver: URLResolver, prefix: str = "") -> list[str]:
    """Every address of the site, numbers in place of parameters."""
    found = []
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append(address)
        else:
            found += addresses(entry, address)
    return found


def test_every_page_asks_for_a_signed_in_person(client: Client, db: None) -> None:
    """All but those of signing in, of programs and telephones, of the public site and of people with a code."""
    open_to_all = re.compile(
        r"^/(accounts|language|api|health|gallery|calendar/1.ics|odk/|public[/-]|robots.txt|sitemap.xml"
        r"|claim/|confirm/|fill/(1/submission|session.json|worker.js))"  # these say 401 in their own way
    )
    plain = {f"/{re.sub(r'<[^>]*>', '1', a)}" for a in addresses(get_resolver()) if "(?" not in a}
    asked = sorted(address for address in plain if not open_to_all.match(address))
    assert len(asked) > 20
    for address in asked:
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location", "")[:16]) == (302, LOGIN[:16]), (
            address
        )


def test_headers_keep_pages_to_this_host(client: Client, db: None) -> None:
    headers = client.get(LOGIN).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_switch_of_languages_is_remembered_in_the_profile(cast: Cast, browse: Browse) -> None:
    browser = browse(cast.ana)
    assert 'lang="es"' in browser.get("/profile/").content.decode()
    browser.post("/language/", {"language": "en", "next": "/profile/"})
    assert 'lang="en"' in browser.get("/profile/").content.decode()
    cast.ana.refresh_from_db()
    assert cast.ana.language == "en"
