"""The tables of an empty database, made at once instead of migration by migration (ADR 15)."""

from collections.abc import Iterable

from django.apps import apps
from django.core.management.commands import migrate
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.transaction import atomic

from yanapay.base.migrating import TableSql


def make_first_tables(database: BaseDatabaseWrapper) -> None:
    """In an empty database, all tables as the models are now, with the record that every migration is done.

    Ends as the migrations would (``tests/base/test_first_tables.py``); for each of their steps Django renders
    all models that point to those it touches. Killed half way, it goes on when called again.
    """
    django = migrate.Command()
    django.verbosity = 0
    django.sync_apps(database, {app.label for app in apps.get_app_configs()})
    executor = MigrationExecutor(database)
    steps = [step for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    executor.recorder.ensure_schema()
    with atomic(database.alias):
        _make_what_only_sql_says(database, steps)
        for step in steps:
            for done in step.replaces or [(step.app_label, step.name)]:
                executor.recorder.record_applied(*done)


def _make_what_only_sql_says(database: BaseDatabaseWrapper, steps: Iterable[Migration]) -> None:
    editor = database.schema_editor()  # not entered: SQLite's wants to be outside of a transaction
    for step in steps:
        for operation in step.operations:
            if isinstance(operation, TableSql):
                operation.make(editor)
