"""What operations in SQL of their own make, they take away again, on either database."""

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from yanapay.base.migrating import TableSql
from yanapay.base.search import IndexedByLoads, TextIndex
from yanapay.base.triggers import AppendOnly, BothOrNeither, CountChanges

pytestmark = pytest.mark.django_db
TABLE = "base_stone"


@pytest.fixture(autouse=True)
def a_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, search_text text, batch_id integer)"
        )


@pytest.mark.parametrize(
    "operation",
    [TextIndex(TABLE), AppendOnly(TABLE), AppendOnly(TABLE, refuse=("UPDATE",)), CountChanges(TABLE),
     BothOrNeither(TABLE, "id", "batch_id")],
    ids=lambda operation: operation.describe(),
)  # fmt: skip
def test_what_is_made_is_taken_away(operation: TableSql) -> None:
    bare = _made()
    _there(operation)
    assert _made() > bare
    _back(operation)
    assert _made() == bare
    _there(operation)  # and can be made again


def test_telling_the_statements_makes_nothing() -> None:
    """``sqlmigrate`` on a database in use."""
    bare, editor = _made(), connection.schema_editor(collect_sql=True)
    AppendOnly(TABLE).database_forwards("base", editor, ProjectState(), ProjectState())
    assert any("TRIGGER" in statement for statement in editor.collected_sql)
    assert _made() == bare


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL indexes every row alike")
def test_rows_of_a_load_are_left_out_of_the_index_until_that_is_taken_back() -> None:
    _there(TextIndex(TABLE))
    _there(IndexedByLoads(TABLE, "batch_id"))
    _insert(1, "molino", batch=7)
    _back(IndexedByLoads(TABLE, "batch_id"))
    _insert(2, "molino", batch=7)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {TABLE}_words WHERE {TABLE}_words MATCH 'molino'")
        assert cursor.fetchall() == [(2,)]


def _there(operation: TableSql) -> None:
    editor = (
        connection.schema_editor()
    )  # not entered: SQLite's would want to be outside of the test's transaction
    operation.database_forwards("base", editor, ProjectState(), ProjectState())


def _back(operation: TableSql) -> None:
    operation.database_backwards("base", connection.schema_editor(), ProjectState(), ProjectState())


def _insert(key: int, text: str, batch: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, %s, %s)", [key, text, batch])


def _made() -> set[str]:
    """Triggers, indexes and tables that are there because of the table."""
    if connection.vendor == "postgresql":
        asked = (
            f"SELECT indexname FROM pg_indexes WHERE tablename = '{TABLE}' "
            f"UNION SELECT tgname FROM pg_trigger WHERE tgrelid = '{TABLE}'::regclass "
            f"UNION SELECT conname FROM pg_constraint WHERE conrelid = '{TABLE}'::regclass"
        )
    else:
        asked = f"SELECT name FROM sqlite_master WHERE name LIKE '{TABLE}%'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name for (name,) in cursor.fetchall()}
