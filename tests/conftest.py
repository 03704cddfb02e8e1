"""What every test may count on: no network, honest databases, a fixed day, the operator's hand."""

import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker
from tests.databases import flush_past_append_only, keep_template, template

from yanapay.audit.rules import Actor
from yanapay.directory.actions.attributes import load_terms
from yanapay.places.actions import load_reference
from yanapay.places.models.memory import ask_again

# How long an example takes is the machine's matter.
settings.register_profile("yanapay", deadline=None)
settings.load_profile("yanapay")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Nothing leaves the machine, neither in tests nor by accident of a library."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise ConnectionRefusedError(f"A test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A command line speaks the language it was asked for to its end; the next test hears its own."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_places() -> None:
    """Another test may have had other places and activities a moment ago."""
    ask_again()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A migrated SQLite database is copied when one waits: migrations run once per change of them."""
    return connection.vendor == "sqlite" and template().exists()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool
) -> None:
    if django_db_keepdb:
        shutil.copyfile(template(), str(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any
) -> None:  # fmt: skip
    if connection.vendor == "sqlite" and not django_db_keepdb:
        with django_db_blocker.unblock():
            keep_template(connection)


@pytest.fixture(scope="session", autouse=True)
def _flush_knows_append_only() -> Iterator[None]:
    """Transactional tests empty every table afterwards, the audit trail too."""
    with pytest.MonkeyPatch.context() as patch:
        operations = type(connection.ops)
        flush = flush_past_append_only(operations.execute_sql_flush)
        patch.setattr(operations, "execute_sql_flush", flush)
        yield


@pytest.fixture(scope="module")
def reference(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Areas, activities and vocabularies, loaded once for each file of tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference(by=Actor.operator())
        load_terms(by=Actor.operator())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def today() -> date:
    """A working Thursday. Rules take the day as an argument; tests give them this one."""
    return date(2026, 3, 12)


@pytest.fixture
def operator() -> Actor:
    return Actor.operator()


@pytest.fixture
def assert_queries(django_assert_num_queries: Callable[..., Any]) -> Callable[..., Any]:
    """``with assert_queries(3):`` freezes how many queries a page or list may take."""
    return django_assert_num_queries
