"""``migrate`` as Django has it, with a short way for a database that is still empty (ADR 15)."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from yanapay.base.first_tables import make_first_tables

PARTIAL = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        database = connections[options["database"]]
        wants_all = not any(options[name] for name in PARTIAL)
        if wants_all and not MigrationRecorder(database).applied_migrations():
            make_first_tables(database)
        super().handle(*args, **options)
