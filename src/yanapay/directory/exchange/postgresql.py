"""What a long load asks of PostgreSQL; nothing of it on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def unhurried() -> Iterator[None]:
    """Commit without waiting for the disk: rows need not last before their batch is published.

    A server that crashes forgets the newest transactions, rows and progress alike, and the load goes on before
    them. The commit that publishes waits for all that was written before it.
    """
    _run("SET synchronous_commit = off")
    try:
        yield
    finally:
        _run("RESET synchronous_commit")


def count_persons() -> None:
    """Let the server count the persons when it has met the first of a load.

    As long as it believes the table empty it looks up an owner's document by reading all persons of the centre.
    """
    _run("ANALYZE directory_person")


def _run(statement: str) -> None:
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(statement)
