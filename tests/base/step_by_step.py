"""The shape of a database, told in plain words; as a program: of one that is migrated step by step."""

import json
import sys
from typing import Any

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT pg_get_triggerdef(oid), pg_get_functiondef(tgfoid) FROM pg_trigger "
        "WHERE NOT tgisinternal"
    ),
}


def shape() -> dict[str, Any]:
    """Columns whatever their order, constraints and indexes whatever their names, triggers, what is done."""
    look = connection.introspection
    found: dict[str, Any] = {
        "migrations": sorted(MigrationRecorder(connection).applied_migrations())
    }
    with connection.cursor() as cursor:
        for table in look.table_names(cursor):
            columns = look.get_table_description(cursor, table)
            held = look.get_constraints(cursor, table).values()
            found[table] = {"columns": sorted(map(str, columns)), "held": sorted(map(str, held))}
        cursor.execute(TRIGGERS[connection.vendor])
        found["triggers"] = sorted(cursor.fetchall())
    return json.loads(json.dumps(found))


def main() -> None:
    django.setup()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    sys.stdout.write(json.dumps(shape()))


if __name__ == "__main__":
    main()
