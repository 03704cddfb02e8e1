"""A process is killed while its server commits: PostgreSQL finishes that, whoever comes next waits for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from tests.factories.centres import make_centre

from yanapay.directory import exchange
from yanapay.directory.choices import BatchState
from yanapay.directory.exchange import loading
from yanapay.directory.exchange.rows import Rows
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.models import ImportBatch, Organisation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite dies with its process"),
]


@pytest.fixture
def killed(settings: Any, tmp_path: Path, operator: Any, today: Any) -> ImportBatch:
    """A batch of thirty rows whose process died while it was loading."""
    settings.YANAPAY_HOME = tmp_path / "home"
    file = tmp_path / "list.csv"
    file.write_text("source_id,name\n" + "".join(f"{n},Molino {n}\n" for n in range(30)))
    batch = exchange.stage(file, centre=make_centre("huancayo"), by=operator, today=today)
    batch.state = BatchState.LOADING
    batch.save(update_fields=["state"])
    return batch


@contextmanager
def _committing_ten(batch: ImportBatch) -> Iterator[None]:
    """For half a second more a server is busy with the commit of the first ten rows."""
    part = loading._cut(Spool(batch.pk).read_chunk(0), 0, 10)
    begun = Event()

    def commit() -> None:
        with transaction.atomic():
            loading._commit(batch, Rows(batch, part), 10)
            begun.set()
            time.sleep(0.5)
        connection.close()

    server = Thread(target=commit)
    server.start()
    assert begun.wait(10)
    batch.progress = 0
    yield
    server.join()


def test_the_rows_go_in_once(killed: ImportBatch, operator: Any) -> None:
    with _committing_ten(killed):
        loaded = exchange.load(killed, by=operator)
    assert loaded.counts["created"] == Organisation.objects.live().count() == 30


def test_throwing_away_takes_them_too(killed: ImportBatch) -> None:
    with _committing_ten(killed):
        exchange.discard(killed)
    assert not Organisation.objects.exists()
