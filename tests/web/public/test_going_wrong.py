"""Something breaks: visitors are led back to the directory, staff to their work, and nothing typed is lost."""

import errno
import logging
import shutil
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from tests.factories.centres import Cast
from tests.factories.directory import make_centre
from tests.factories.places import place
from tests.web.conftest import Browse
from tests.web.public.test_taking_in import LIMITS, send

from yanapay.mapping.models import Proposal
from yanapay.web.home import views
from yanapay.web.public import pages
from yanapay.web.public.views import directory, taking_in

pytestmark = pytest.mark.django_db
FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    caches["pages"].clear()
    shutil.rmtree(LIMITS, ignore_errors=True)


def refuse(error: Exception) -> Any:
    def refused(*_: object, **__: object) -> None:
        raise error

    return refused


def get(path: str, **data: Any) -> Any:
    return Client(raise_request_exception=False).get(path, data)


@pytest.mark.parametrize(("error", "status", "told"), [
    (ValueError("a fault of ours"), 500, "Something broke on our side"),
    (FULL, 507, "Nothing can be saved now"),
])  # fmt: skip
def test_a_visitor_is_led_back_to_the_directory(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, told: str
) -> None:
    monkeypatch.setattr(directory, "find", refuse(error))
    response = get("/public/en/")
    page = response.content.decode()
    assert response.status_code == status
    assert told in page
    assert '<a class="button" href="/public/en/">' in page
    assert 'href="/"' not in page
    assert not response.cookies


def test_it_asks_nothing_of_the_database(
    monkeypatch: pytest.MonkeyPatch, assert_queries: Any
) -> None:
    monkeypatch.setattr(pages, "current_edition", refuse(ValueError("broken")))
    with assert_queries(0):
        assert get("/public/").status_code == 500


def test_staff_are_led_back_to_their_work(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ana = browse(cast.ana)
    ana.raise_request_exception = False
    monkeypatch.setattr(views, "_work", refuse(ValueError("broken")))
    response = ana.get("/")
    assert response.status_code == 500
    assert 'href="/"' in response.content.decode()
    reference = next(one.args[0] for one in caplog.records if one.args and "Fault" in one.msg)
    assert f"<strong>{reference}</strong>" in response.content.decode()


def test_a_fault_is_written_to_the_error_output() -> None:
    """Django's own configuration tells nobody of it outside debugging."""
    handlers = logging.getLogger("django.request").handlers
    assert any(isinstance(one, logging.StreamHandler) for one in handlers)


@pytest.mark.parametrize(
    ("path", "way_on"), [("/public/en/register/", "/public/en/"), ("/claim/", "/")]
)
def test_a_form_with_thousands_of_fields_is_answered_in_words(path: str, way_on: str) -> None:
    fields = {f"f{n}": "x" for n in range(2_001)}
    response = Client().post(path, fields, headers={"accept-language": "en"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "This cannot be read" in page
    assert f'href="{way_on}"' in page


def test_a_host_that_is_not_ours_gets_a_page_without_addresses(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["yanapay.example"]
    assert Client().get("/public/", headers={"host": "other.example"}).status_code == 400


def test_no_room_for_a_registration_keeps_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    make_centre()
    place("12")
    monkeypatch.setattr(taking_in, "propose", refuse(FULL))
    response = send("en/register/", activity_lines=[])
    page = response.content.decode()
    assert response.status_code == 507
    assert "Quesos Ñaña" in page
    assert "there is no room left" in page
    assert not Proposal.objects.exists()


def test_people_with_a_letter_are_led_to_the_directory_not_to_the_office() -> None:
    page = Client().get("/claim/").content.decode()
    assert 'class="brand" href="/public/"' in page
    assert 'href="/"' not in page
