"""What the database does for itself when the rows of a file are in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from tests.directory.exchange.conftest import HEADER, TakeIn
from tests.factories.directory import make_organisation

from yanapay.base import finding, search
from yanapay.directory.choices import BatchState
from yanapay.directory.exchange import tables
from yanapay.directory.models import Organisation

LIST = "\n".join([HEADER, *(f"{n},Molino San Andrés {n},empresa,120101" for n in range(300))])


def _cannot_count(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
    if sql.startswith(("ANALYZE directory_organisation", "PRAGMA optimize")):
        raise OperationalError("database is locked")
    return execute(sql, *more)


def test_rows_are_in_though_the_database_cannot_count_them_now(
    take_in: TakeIn, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.execute_wrapper(_cannot_count):
        batch = take_in(LIST)
    assert (batch.state, batch.counts["created"], batch.problem) == (BatchState.PUBLISHED, 300, "")
    (told,) = [one.getMessage() for one in caplog.records if one.name.endswith("exchange.tables")]
    assert "could not be counted anew" in told
    assert "OperationalError" in told


def test_nothing_is_told_of_tables_that_were_counted(
    take_in: TakeIn, caplog: pytest.LogCaptureFixture
) -> None:
    take_in(LIST)
    assert not caplog.records


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's index has no such list")
def test_no_text_waits_for_its_place_in_the_index(take_in: TakeIn) -> None:
    take_in(LIST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('directory_organisation_words')")
        assert cursor.fetchone() == (0,)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's index has no parts")
@pytest.mark.django_db(transaction=True)
def test_after_many_rows_the_word_index_is_of_one_part(
    take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_organisation(f"Molino {number}")
    assert _parts("directory_organisation") > 1
    monkeypatch.setattr(tables, "MANY", 300)
    take_in(LIST)
    assert _parts("directory_organisation") == 1
    assert finding.first_keys(Organisation, search.alternatives("molino"), 500) is not None


def _parts(table: str) -> int:
    """How many parts the structure record of FTS5 tells of, which begins: cookie, levels, parts."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT block FROM {table}_words_data WHERE id = 10")
        told: bytes = cursor.fetchone()[0]
    return told.removeprefix(told[:4]).removeprefix(b"\xff\x00\x00\x01")[1]
