"""Changes of a table are counted, in whichever order they are committed."""

from threading import Thread

import pytest
from django.db import connection, transaction
from tests.factories.entries import make_entry

from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public.columns import columns, current_edition


@pytest.mark.django_db(transaction=True)
def test_every_transaction_that_changes_an_entry_is_counted() -> None:
    uno, dos = make_entry("Uno"), make_entry("Dos")
    seen = [current_edition().changes]
    Entry.objects.filter(pk=uno.pk).update(website="https://uno.example")
    seen.append(current_edition().changes)
    with transaction.atomic():
        Entry.objects.all().update(website="")
    seen.append(current_edition().changes)
    with transaction.atomic():
        dos.save()
        transaction.set_rollback(True)
    assert seen == sorted(set(seen))
    assert current_edition().changes == seen[-1]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_after_a_later_one_is_seen() -> None:
    early, late = make_entry("Temprano"), make_entry("Tarde")
    with transaction.atomic():
        early.state = "unpublished"
        early.save()
        _in_another_connection(late)
        assert len(columns().keys) == 2
    assert Entry.objects.get(pk=early.pk).updated_at < Entry.objects.get(pk=late.pk).updated_at
    assert columns().keys.tolist() == [late.pk]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_counting_makes_nobody_wait_while_a_transaction_goes_on() -> None:
    one, other = make_entry("Uno"), make_entry("Dos")
    with transaction.atomic():
        one.save()
        _in_another_connection(other)


def _in_another_connection(entry: Entry) -> None:
    """Saved and committed there; what this one has not committed is not seen from there."""

    def work() -> None:
        try:
            entry.save()
            columns()
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
