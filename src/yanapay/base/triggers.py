"""What the database itself sees to, on SQLite and PostgreSQL: append-only tables, and counts of changes."""

from yanapay.base.migrating import Sql, TableSql

_COUNT = (
    "INSERT INTO base_change (changed, number, latest) VALUES ('{table}', 1, {mine}) "
    "ON CONFLICT (changed) DO UPDATE SET number = {again}"
)


class AppendOnly(TableSql):
    """Migration operation: triggers on ``table`` that refuse the given statements (UPDATE, DELETE).

    Where deletes are refused PostgreSQL refuses TRUNCATE too; SQLite has no such statement.
    """

    def __init__(self, table: str, refuse: tuple[str, ...] = ("UPDATE", "DELETE")) -> None:
        super().__init__(table)
        self.refuse = refuse

    def on_sqlite(self) -> Sql:
        said = f"SELECT RAISE(ABORT, '{self.table} is append-only')"
        names = {verb: f"{self.table}_no_{verb.lower()}" for verb in self.refuse}
        return Sql(
            [
                f"CREATE TRIGGER {name} BEFORE {verb} ON {self.table} BEGIN {said}; END"
                for verb, name in names.items()
            ],
            [f"DROP TRIGGER {name}" for name in names.values()],
        )

    def on_postgresql(self) -> Sql:
        table, verbs = self.table, self.refuse + (("TRUNCATE",) if "DELETE" in self.refuse else ())
        function = (
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        triggers = [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} FOR EACH "
            f"{'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION {table}_refuse()"
            for verb in verbs
        ]
        return Sql(
            [function, *triggers],
            [f"DROP TRIGGER {table}_no_{verb.lower()} ON {table}" for verb in verbs],
        )

    def describe(self) -> str:
        return f"Refuse {', '.join(self.refuse)} on {self.table}"


class BothOrNeither(TableSql):
    """Migration operation: ``table`` takes rows with both columns or neither; those that stand are left alone.

    A check of the table would be one more clause, but SQLite would make the table anew for it (ADR 6).
    """

    def __init__(self, table: str, one: str, other: str) -> None:
        super().__init__(table)
        self.one, self.other = one, other

    def on_sqlite(self) -> Sql:
        name, half = f"{self.table}_half", f"(new.{self.one} IS NULL) <> (new.{self.other} IS NULL)"
        said = f"SELECT RAISE(ABORT, '{self.table}: {self.one} and {self.other}, or neither')"
        events = {"insert": "INSERT", "update": f"UPDATE OF {self.one}, {self.other}"}
        return Sql(
            [
                f"CREATE TRIGGER {name}_{event} BEFORE {verb} ON {self.table} WHEN {half} BEGIN {said}; END"
                for event, verb in events.items()
            ],
            [f"DROP TRIGGER {name}_{event}" for event in events],
        )

    def on_postgresql(self) -> Sql:
        name, alter = f"{self.table}_not_half", f"ALTER TABLE {self.table}"
        whole = f"({self.one} IS NULL) = ({self.other} IS NULL)"
        return Sql(
            [f"{alter} ADD CONSTRAINT {name} CHECK ({whole}) NOT VALID"],
            [f"{alter} DROP CONSTRAINT {name}"],
        )

    def describe(self) -> str:
        return f"{self.one} and {self.other} of {self.table} together"


class CountChanges(TableSql):
    """Migration operation: ``base_change`` counts the changes of ``table``, whoever makes them.

    A number and not a time: transactions commit in another order than they happened. On PostgreSQL a
    transaction counts once, when it commits and holds all its other locks: nobody waits for long, and it
    cannot be part of a deadlock.
    """

    def on_sqlite(self) -> Sql:
        counted = _COUNT.format(table=self.table, mine="0", again="base_change.number + 1")
        names = {verb: f"{self.table}_counted_{verb}" for verb in ("insert", "update", "delete")}
        return Sql(
            [
                f"CREATE TRIGGER {name} AFTER {verb} ON {self.table} BEGIN {counted}; END"
                for verb, name in names.items()
            ],
            [f"DROP TRIGGER {name}" for name in names.values()],
        )

    def on_postgresql(self) -> Sql:
        """Once in a transaction, however many rows it changes."""
        table, again = self.table, "base_change.number + 1, latest = mine"
        counted = _COUNT.format(table=table, mine="mine", again=again)
        function = (
            f"CREATE OR REPLACE FUNCTION {table}_count() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "DECLARE mine bigint := pg_current_xact_id()::text::bigint; "
            f"BEGIN {counted} WHERE base_change.latest <> mine; RETURN NULL; END $$"
        )
        trigger = (
            f"CREATE CONSTRAINT TRIGGER {table}_counted AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {table}_count()"
        )
        return Sql([function, trigger], [f"DROP TRIGGER {table}_counted ON {table}"])

    def describe(self) -> str:
        return f"Count changes of {self.table}"
