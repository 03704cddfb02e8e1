"""The database as files, and back: SQLite's own copy, PostgreSQL's COPY of every table.

Neither needs a program of the operating system, and neither stops anybody's work: SQLite copies a
snapshot of the log, PostgreSQL reads in one transaction that sees one moment.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from yanapay.base.first_tables import make_first_tables

_PIECE = 1 << 20
_COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
    ORDER BY ordinal_position
"""
_NUMBERED = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND is_identity = 'YES'
"""
Schema = dict[str, str]


def dump(folder: Path) -> None:
    """Write the database as it is at one moment."""
    folder.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "postgresql":
        _dump_tables(folder)
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "database.sqlite3")) as copy:
            connection.connection.backup(copy)


def load(folder: Path, schema: Schema) -> None:
    """Replace the database, which holds nothing of value, by the dump. Not yet migrated further."""
    clear()
    if connection.vendor == "postgresql":
        _make_tables(schema)
        _load_tables(folder)
    else:
        shutil.move(folder / "database.sqlite3", connection.settings_dict["NAME"])


def _make_tables(schema: Schema) -> None:
    executor = MigrationExecutor(connection)
    if set(schema.items()) == set(executor.loader.graph.leaf_nodes()):
        make_first_tables(connection)
    else:
        executor.migrate(list(schema.items()))


def clear() -> None:
    """Remove the whole database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        return
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)


def schema_of_database() -> Schema:
    """The last applied migration of each app."""
    executor = MigrationExecutor(connection)
    applied = executor.loader.applied_migrations
    return {app: max(name for of, name in applied if of == app) for app, _ in applied}


def unknown_migrations(schema: Schema) -> list[str]:
    """Migrations of a dump that this release does not have, because a later one made it."""
    known = MigrationExecutor(connection).loader.disk_migrations
    return [f"{app}.{name}" for app, name in schema.items() if (app, name) not in known]


def _dump_tables(folder: Path) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in connection.introspection.table_names():
            columns = _columns(cursor, table)
            with (folder / f"{table}.copy").open("wb") as out:
                out.write(f"{columns}\n".encode())
                with cursor.copy(f'COPY "{table}" ({columns}) TO STDOUT') as rows:
                    for piece in rows:
                        out.write(piece)


def _columns(cursor: Any, table: str) -> str:
    cursor.execute(_COLUMNS, [table])
    return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())


@transaction.atomic
def _load_tables(folder: Path) -> None:
    """In one transaction, so that foreign keys are checked at the end; our triggers rest meanwhile."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
        for path in sorted(folder.glob("*.copy")):
            _load_table(cursor, path)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        _continue_numbering(cursor)


def _continue_numbering(cursor: Any) -> None:
    """New rows get numbers after the restored ones."""
    cursor.execute(_NUMBERED)
    for table, column in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), "  # noqa: S608
            f'coalesce(max("{column}"), 1), max("{column}") IS NOT NULL) FROM "{table}"'
        )


def _load_table(cursor: Any, path: Path) -> None:
    with path.open("rb") as rows:
        columns = rows.readline().decode().strip()
        with cursor.copy(f'COPY "{path.stem}" ({columns}) FROM STDIN') as out:
            for piece in _pieces(rows):
                out.write(piece)


def _pieces(stream: Any) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece
