"""Append-only tables: the database itself refuses updates and deletes, on SQLite and PostgreSQL."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AppendOnly(Operation):
    """Migration operation: triggers on ``table`` that refuse the given statements (UPDATE, DELETE).

    Where deletes are refused PostgreSQL refuses TRUNCATE too; SQLite has no such statement.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, refuse: tuple[str, ...] = ("UPDATE", "DELETE")) -> None:
        self.table = table
        self.refuse = refuse

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are not part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        for statement in create_triggers(self.table, self.refuse, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        for statement in drop_triggers(self.table, self.refuse, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Refuse {', '.join(self.refuse)} on {self.table}"


def create_triggers(table: str, refuse: tuple[str, ...], vendor: str) -> list[str]:
    """The statements that make a table refuse the given verbs."""
    return _postgresql(table, refuse) if vendor == "postgresql" else _sqlite(table, refuse)


def drop_triggers(table: str, refuse: tuple[str, ...], vendor: str) -> list[str]:
    """The statements that undo :func:`create_triggers`."""
    verbs, on = (_with_truncate(refuse), f" ON {table}") if vendor == "postgresql" else (refuse, "")
    return [f"DROP TRIGGER {table}_no_{verb.lower()}{on}" for verb in verbs]


def _sqlite(table: str, refuse: tuple[str, ...]) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in refuse
    ]


def _postgresql(table: str, refuse: tuple[str, ...]) -> list[str]:
    function = (
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    return [function] + [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION {table}_refuse()"
        for verb in _with_truncate(refuse)
    ]


def _with_truncate(refuse: tuple[str, ...]) -> tuple[str, ...]:
    return (*refuse, "TRUNCATE") if "DELETE" in refuse else refuse
