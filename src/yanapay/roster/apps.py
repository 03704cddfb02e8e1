from importlib import import_module

from django.apps import AppConfig

from yanapay.base.personal import PersonalSource, register


class RosterConfig(AppConfig):
    name = "yanapay.roster"
    label = "roster"

    def ready(self) -> None:
        """Own data and erasure reach the roster. Models exist only now, so these are found by name."""
        actions = import_module("yanapay.roster.actions.privacy")
        queries = import_module("yanapay.roster.queries.privacy")
        register(PersonalSource("roster", queries.stored_entries, actions.erase_entries))
