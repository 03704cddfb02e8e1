"""Bulk writing: rows as tuples into a table, by executemany on SQLite and COPY on PostgreSQL."""

import logging
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from yanapay.base.search import join_parts

log = logging.getLogger(__name__)
#: Rows of a statement on SQLite: the pages that it sets aside take 15 MB in a national directory.
AT_ONCE = 500


def insert(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert the rows. Must run inside a transaction."""
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            _copy(cursor.cursor, table, columns, rows)
        else:
            _execute_many(cursor.cursor.connection, table, columns, rows)


def _execute_many(
    raw: Any, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Past Django's wrapper, which rewrites each statement and copies each row.

    By way of a table without index or trigger: on one with triggers SQLite sets a copy of every page aside
    that a statement touches, and a statement for each row touches the same pages again and again.
    """
    names, places = ", ".join(columns), ", ".join(repeat("?", len(columns)))
    raw.execute(f"CREATE TEMP TABLE incoming AS SELECT {names} FROM {table} WHERE 0")  # noqa: S608  own names
    raw.executemany(f"INSERT INTO incoming VALUES ({places})", rows)  # noqa: S608
    (count,) = raw.execute("SELECT COUNT(*) FROM incoming").fetchone()
    add = f"INSERT INTO {table} ({names}) SELECT * FROM incoming WHERE rowid BETWEEN ? AND ?"  # noqa: S608
    for first in range(1, count + 1, AT_ONCE):
        raw.execute(add, (first, first + AT_ONCE - 1))
    raw.execute("DROP TABLE incoming")


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def new_ids(table: str, count: int) -> range | list[int]:
    """Primary keys that nobody else gets. Must run inside the transaction that inserts them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass)) "
                "FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return range(first, first + count)


def now_text() -> str:
    """The present moment as both databases take it in a timestamp column."""
    now = timezone.now()
    return now.strftime("%Y-%m-%d %H:%M:%S.%f") + (
        "+00" if connection.vendor == "postgresql" else ""
    )


def measure_tables(loaded: int) -> None:
    """Let the database count anew in tables that grew: it plans searches and lists by what it counted last.

    After many rows the word indexes are joined. The rows are in whatever happens here: a database that
    cannot count now does so another time.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _measure(cursor)
        for table in _SEARCHED if loaded >= MANY else ():
            join_parts(table)
    except DatabaseError as error:
        log.warning(
            "After a load the tables could not be counted anew; lists may be slow until the next one (%s).",
            type(error.__cause__ or error).__name__,
        )


def _measure(cursor: CursorWrapper) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(f"ANALYZE {', '.join(_GROWN)}")
        _empty_waiting_lists(cursor)
    else:
        cursor.execute("PRAGMA optimize")  # refused outside, should somebody save meanwhile


def _empty_waiting_lists(cursor: CursorWrapper) -> None:
    """Index the newest texts for good: those that wait for it are all read by every search."""
    cursor.execute(
        "SELECT gin_clean_pending_list(indexrelid) FROM pg_index JOIN pg_class ON oid = indexrelid "
        "WHERE indrelid = ANY(%s::regclass[]) AND relam = (SELECT oid FROM pg_am WHERE amname = 'gin')",
        [list(_GROWN)],
    )


MANY = 20_000  # rows of a file after which joining the word indexes is worth its second
_SEARCHED = ("directory_organisation", "directory_person")
_GROWN = (
    "directory_organisation", "directory_person", "directory_observation", "directory_identifier",
    "directory_tally", "base_search_word", "base_search_variant",
)  # fmt: skip
