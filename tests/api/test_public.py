"""The public API: no token, only what is shown."""

import errno
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories.directory import make_area
from tests.factories.entries import make_entry, make_external

from yanapay.api import public

pytestmark = pytest.mark.django_db


def test_one_address_asks_only_so_often_a_minute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.YANAPAY_HOME = tmp_path
    monkeypatch.setattr(public, "PER_MINUTE", 2)
    monkeypatch.setattr(public, "time", lambda: 1_000_000_010)
    assert [get("areas").status_code for _ in range(3)] == [200, 200, 429]
    refused = get("areas")
    assert refused["Retry-After"] == "10"
    assert refused.json()["code"] == "too_many_requests"
    monkeypatch.setattr(public, "time", lambda: 1_000_000_040)
    assert get("areas").status_code == 200


def test_a_disk_that_is_full_still_lets_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(public, "times", full)
    assert get("areas").status_code == 200


def get(path: str):  # type: ignore[no-untyped-def]
    return Client().get(f"/api/v1/public/{path}")


def test_a_list_without_a_token() -> None:
    make_entry("Uno", need_codes=["credito"], area=make_area("PE/12"))
    make_entry("Dos", state="unpublished")
    response = get("organisations?need=credito")
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    page = response.json()
    assert (page["total"], page["pages"], page["items"][0]["name"]) == (1, 1, "Uno")
    assert page["items"][0]["codes"] == {"need_codes": ["credito"]}
    assert page["licence"]["name"] == "CC BY 4.0"
    assert 'rel="license"' in response["Link"]


def test_pages_end() -> None:
    for number in range(3):
        make_entry(f"Organización {number}")
    assert [len(get(f"organisations?limit=2&page={n}").json()["items"]) for n in (1, 2, 3)] == [
        2,
        1,
        0,
    ]


def test_one_organisation_says_what_its_page_says() -> None:
    make_entry("Uno", phone="999000111", latitude=-12.0, longitude=-75.0)
    told = get("organisations/uno").json()
    assert (told["shown"], told["latitude"]) == ({"phone": "999000111"}, -12.0)


def test_of_an_external_one_only_what_its_source_said() -> None:
    make_external("Red", phone="999000111", latitude=-12.0, longitude=-75.0, need_codes=["credito"])
    told = get("organisations/red").json()
    assert (told["shown"], told["latitude"], told["codes"]) == ({}, None, {})
    assert told["source_date"] == "2018-06-08"


@pytest.mark.parametrize("path", ["organisations/no", "organisations/retirada"])
def test_what_is_not_shown_does_not_exist(path: str) -> None:
    make_entry("Retirada", state="unpublished")
    assert get(path).status_code == 404


def test_counts_by_place() -> None:
    make_entry("Uno", area=make_area("PE/12/1201", "Huancayo"))
    make_entry("Dos")
    told = get("areas").json()
    assert [(row["code"], row["name"], row["count"]) for row in told] == [
        ("", "", 1),
        ("1201", "Huancayo", 1),
    ]


def test_nothing_can_be_written() -> None:
    assert Client().post("/api/v1/public/organisations", {}).status_code in {403, 405}
