"""What migrations of ours add to Django's: SQL that models cannot say."""

from typing import NamedTuple

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Sql(NamedTuple):
    """The statements that make something, and those that take it away again."""

    make: list[str]
    drop: list[str]


class TableSql(Operation):
    """Migration operation: gives ``table`` what :meth:`on_sqlite` and :meth:`on_postgresql` say.

    Django does not know of it: where it remakes a table on SQLite, its triggers must be made again (ADR 6).
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def on_sqlite(self) -> Sql:
        raise NotImplementedError

    def on_postgresql(self) -> Sql:
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing of it is part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        self.make(schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        self._execute(schema_editor, self._sql(schema_editor).drop)

    def make(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Once the table is there."""
        self._execute(schema_editor, self._sql(schema_editor).make)

    def _sql(self, schema_editor: BaseDatabaseSchemaEditor) -> Sql:
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        return self.on_postgresql() if on_postgresql else self.on_sqlite()

    def _execute(self, schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
        """By the editor, which only collects them for ``sqlmigrate``."""
        for statement in statements:
            schema_editor.execute(statement)
