"""What visitors send: kept for a reviewer, machines kept out, nothing told of what is private."""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from tests.factories.directory import make_centre, make_organisation
from tests.factories.entries import make_entry, make_terms
from tests.factories.places import place

from yanapay.audit.models import Event
from yanapay.mapping.models import Proposal
from yanapay.web.public import guarding

pytestmark = pytest.mark.django_db
LIMITS = Path(settings.YANAPAY_HOME) / "limits"


@pytest.fixture(autouse=True)
def _nobody_wrote_yet() -> None:
    shutil.rmtree(LIMITS, ignore_errors=True)
    make_centre()
    place("12")
    make_terms(activity_lines={"lacteos": ("Lácteos", "Dairy")})


def shown(seconds_ago: float = 60) -> str:
    return guarding._SIGNER.sign(str((timezone.now() - timedelta(seconds=seconds_ago)).timestamp()))


def send(path: str = "register/", **fields: Any):  # type: ignore[no-untyped-def]
    told = {
        "name": "Quesos Ñaña", "kind": "coop_agraria", "department": "12", "place": "El Tambo",
        "phone": "964 111 222", "activity_lines": ["lacteos"], "contact_name": "Rosa Quispe",
        "contact": "999 888 777", "consent_public": "on", "shown_at": shown(), "fax_number": "",
    }  # fmt: skip
    return Client().post(f"/public/{path}", {**told, **fields})


def test_a_registration_waits_for_a_reviewer() -> None:
    response = send()
    assert (response.status_code, response["Location"]) == (302, "/public/thanks/register/")
    assert not response.cookies
    one = Proposal.objects.get()
    assert (one.source, one.state, one.organisation) == ("registration", "pending", None)
    assert (one.proposed["name"], one.proposed["area"]) == ("Quesos Ñaña", "120114")
    assert one.proposed["activity_lines"] == ["lacteos"]
    assert one.contact == {"name": "Rosa Quispe", "reach": "999 888 777", "text": "public-2026-1"}
    assert one.consents == ["public"]


def test_the_form_says_which_day_the_data_will_bear() -> None:
    page = Client().get("/public/register/").content.decode()
    assert date_format(timezone.localdate()) in page


def test_who_wrote_is_not_in_the_audit_trail() -> None:
    send()
    event = Event.objects.get(action="mapping.proposed")
    assert event.actor_name == "visitor"
    assert "Rosa" not in str(event.changes)


def test_a_name_that_is_known_gets_the_same_answer() -> None:
    make_organisation("Quesos Ñaña")
    known, unknown = send(), send(name="Otra cosa")
    assert known["Location"] == unknown["Location"]


@pytest.mark.parametrize(("field", "value"), [
    ("name", ""), ("kind", "nada"), ("department", ""), ("place", "Nínive"),
    ("phone", "llámame"), ("email", "x"), ("start_year", "3000"), ("consent_public", ""), ("contact", ""),
])  # fmt: skip
def test_what_cannot_be_read_is_said_beside_the_field_and_nothing_typed_is_lost(
    field: str, value: str
) -> None:
    response = send(**{field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert "field-error" in page
    assert 'value="Rosa Quispe"' in page
    assert not Proposal.objects.exists()


def test_a_machine_is_thanked_and_nothing_is_kept() -> None:
    assert send(fax_number="123").status_code == 302
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("shown_at", [0, 100_000, "", "x:y:z", "1e999", "\0"])
def test_too_fast_too_old_or_forged_is_asked_once_more(shown_at: str | int) -> None:
    given = shown(shown_at) if isinstance(shown_at, int) else shown_at
    assert send(shown_at=given).status_code == 422
    assert not Proposal.objects.exists()


def test_one_address_sends_only_so_many_a_day() -> None:
    answers = [send(name=f"Organización {n}").status_code for n in range(guarding.PER_DAY + 1)]
    assert answers == [302] * guarding.PER_DAY + [429]
    assert Proposal.objects.count() == guarding.PER_DAY


def test_the_address_itself_is_not_kept() -> None:
    send()
    (kept,) = [path for path in LIMITS.rglob("*") if path.is_file()]
    assert re.fullmatch("[0-9a-f]{4}", kept.name)
    assert kept.read_bytes() == b"\n"


def test_a_remark_reaches_the_centre_of_the_organisation() -> None:
    entry = make_entry("Lácteos del Valle")
    response = send("o/lacteos-del-valle/wrong/", message="El teléfono es otro.", contact="a@b.pe")
    assert response.status_code == 302
    one = Proposal.objects.get()
    assert (one.organisation, one.contact) == (
        entry.organisation, {"message": "El teléfono es otro.", "reach": "a@b.pe"},
    )  # fmt: skip


def test_no_centre_no_registration() -> None:
    make_centre().__class__.objects.update(is_active=False)
    response = send()
    assert response.status_code == 422
    assert "field-error" in response.content.decode() or "flash" in response.content.decode()


def test_in_english_too() -> None:
    response = send("en/register/")
    assert response["Location"] == "/public/en/thanks/register/"
