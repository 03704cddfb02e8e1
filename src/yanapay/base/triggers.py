"""Append-only tables: the database itself refuses updates and deletes, on SQLite and PostgreSQL."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AppendOnly(Operation):
    """Migration operation: triggers on ``table`` that refuse the given statements (UPDATE, DELETE)."""

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
        build = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for statement in build(self.table, self.refuse):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in self.refuse:
            schema_editor.execute(f"DROP TRIGGER {self.table}_no_{verb.lower()}{on}")

    def describe(self) -> str:
        return f"Refuse {', '.join(self.refuse)} on {self.table}"


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
        for verb in refuse
    ]
