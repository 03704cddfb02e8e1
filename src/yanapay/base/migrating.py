"""How migrations of ours differ from Django's: SQL that models cannot say, and first tables made at once."""

from typing import NamedTuple

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

HELD_BY_ITS_MODEL = (AddField, AddIndex, AddConstraint)  # when the table is made at the end


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
        self._execute(schema_editor, self._sql(schema_editor).make)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        self._execute(schema_editor, self._sql(schema_editor).drop)

    def _sql(self, schema_editor: BaseDatabaseSchemaEditor) -> Sql:
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        return self.on_postgresql() if on_postgresql else self.on_sqlite()

    def _execute(self, schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
        for statement in statements:
            schema_editor.execute(statement)


class FirstTables(Migration):
    """A migration that makes tables and what belongs to them: each is made once, as it is at the end.

    Step by step Django renders all models that a step touches and all that point to them, again and again, and
    SQLite makes a table anew for each constraint: half the time of ``yanapay init``.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002  Django's signature
    ) -> ProjectState:
        # Without the rendered models: to change them one by one is what costs.
        project_state.__dict__.pop("apps", None)
        before = project_state.clone()
        self.mutate_state(project_state, preserve=False)
        for operation in self.operations:
            if isinstance(operation, CreateModel | TableSql):
                operation.database_forwards(self.app_label, schema_editor, before, project_state)
            elif not isinstance(operation, HELD_BY_ITS_MODEL):
                raise TypeError(f"Not part of first tables: {operation.describe()}")
        return project_state
