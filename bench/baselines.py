"""Writing the rows of a finished import again without any of its work: what the database alone takes.

The same rows go into the same tables of a fresh installation, with the same indexes and the same search index,
by plain ``executemany`` (SQLite) or ``COPY`` (PostgreSQL). Reading them is not counted.
"""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

TABLES = (
    "directory_import_batch",
    "directory_organisation", "directory_provenance", "directory_identifier", "directory_organisation_area",
    "directory_coded_attribute", "directory_organisation_activity", "directory_observation",
    "directory_person", "directory_person_role", "directory_tally", "base_search_word", "base_search_variant",
)  # fmt: skip
SEARCHED = ("directory_organisation", "directory_person")
AT_ONCE = 20_000
_INDEX = (
    "INSERT INTO {table}_words(rowid, search_text) "
    "SELECT id, search_text FROM {table} WHERE id BETWEEN ? AND ?"
)


def executemany(source: Path, target: Path) -> float:
    """Seconds for the rows of SQLite file ``source`` into ``target``, 20,000 in a transaction."""
    read = sqlite3.connect(source)
    write = sqlite3.connect(target, isolation_level=None)
    write.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=OFF;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-262144; PRAGMA mmap_size=1073741824;"
        "PRAGMA wal_autocheckpoint=8000;"
    )
    return sum(_execute_table(table, read, write) for table in TABLES)


def _execute_table(table: str, read: Any, write: Any) -> float:
    have = write.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0
    cursor = read.execute(f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid", [have])
    names = [column[0] for column in cursor.description]
    places = ", ".join("?" * len(names))
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({places})"
    seconds = 0.0
    for rows in _parts(cursor):
        began = time.perf_counter()
        write.execute("BEGIN IMMEDIATE")
        write.executemany(statement, rows)
        if table in SEARCHED:
            write.execute(_INDEX.format(table=table), [rows[0][0], rows[-1][0]])
        write.execute("COMMIT")
        seconds += time.perf_counter() - began
    return seconds


def _parts(cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows


def copy(source: str, target: str) -> float:
    """Seconds for the rows of PostgreSQL database ``source`` into ``target``, one ``COPY`` for each table."""
    with psycopg.connect(source) as read, psycopg.connect(target) as write:
        return sum(_copy_table(table, read, write) for table in TABLES)


def _copy_table(table: str, read: Any, write: Any) -> float:
    key = "word" if table == "base_search_word" else _key(table, read)
    have = write.execute(f"SELECT max({key}) FROM {table}").fetchone()[0]
    newer = f" WHERE {key} > {have}" if isinstance(have, int) else ""
    if not newer:
        write.execute(f"DELETE FROM {table}")
    with tempfile.TemporaryFile() as kept:
        with read.cursor().copy(
            f"COPY (SELECT * FROM {table}{newer} ORDER BY {key}) TO STDOUT"
        ) as rows:
            for block in rows:
                kept.write(block)
        kept.seek(0)
        began = time.perf_counter()
        with write.cursor().copy(f"COPY {table} FROM STDIN") as copied:
            while block := kept.read(1 << 20):
                copied.write(block)
        write.commit()
        return time.perf_counter() - began


def _key(table: str, read: Any) -> str:
    found = read.execute(
        "SELECT column_name FROM information_schema.key_column_usage "
        "WHERE table_name = %s AND constraint_name = %s",
        [table, f"{table}_pkey"],
    ).fetchone()
    return str(found[0])
