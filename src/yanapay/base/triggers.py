"""What the database itself sees to, on SQLite and PostgreSQL: append-only tables, and counts of changes."""

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


class CountChanges(Operation):
    """Migration operation: ``base_change`` counts the changes of ``table``, whoever makes them.

    A number and not a time: transactions commit in another order than they happened. On PostgreSQL a
    transaction counts once, when it commits and holds all its other locks: nobody waits for long, and it
    cannot be part of a deadlock. (On SQLite a table that Django remakes loses its triggers: add them again.)
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are not part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        count = _count_on_postgresql if on_postgresql else _count_on_sqlite
        for statement in count(self.table):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        for name in ["counted"] if on_postgresql else [f"counted_{verb}" for verb in _VERBS]:
            on = f" ON {self.table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER {self.table}_{name}{on}")

    def describe(self) -> str:
        return f"Count changes of {self.table}"


_VERBS = ("insert", "update", "delete")
_COUNT = (
    "INSERT INTO base_change (changed, number, latest) VALUES ('{table}', 1, {mine}) "
    "ON CONFLICT (changed) DO UPDATE SET number = {again}"
)


def _count_on_postgresql(table: str) -> list[str]:
    """Once in a transaction, however many rows it changes."""
    counted = _COUNT.format(table=table, mine="mine", again="base_change.number + 1, latest = mine")
    function = (
        f"CREATE OR REPLACE FUNCTION {table}_count() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE mine bigint := pg_current_xact_id()::text::bigint; "
        f"BEGIN {counted} WHERE base_change.latest <> mine; RETURN NULL; END $$"
    )
    trigger = (
        f"CREATE CONSTRAINT TRIGGER {table}_counted AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {table}_count()"
    )
    return [function, trigger]


def _count_on_sqlite(table: str) -> list[str]:
    counted = _COUNT.format(table=table, mine="0", again="base_change.number + 1")
    return [
        f"CREATE TRIGGER {table}_counted_{verb} AFTER {verb} ON {table} BEGIN {counted}; END"
        for verb in _VERBS
    ]
