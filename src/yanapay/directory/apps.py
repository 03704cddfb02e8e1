from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanapay.audit.rules import Actor
from yanapay.base.work import WorkSource, register


class DirectoryConfig(AppConfig):
    name = "yanapay.directory"
    label = "directory"

    def ready(self) -> None:
        """Tell "my work today" what waits here. Models exist only now, so these are found by name."""
        work = import_module("yanapay.directory.queries.work")
        organisations = import_module("yanapay.directory.actions.organisations")

        register(WorkSource("imports", _("Imports to finish"), work.import_items))
        register(WorkSource("conflicts", _("Proposals to review"), work.conflict_items))
        register(WorkSource("sharing", _("Requests of other centres"), work.sharing_items))
        register(WorkSource("privacy", _("Requests about personal data"), work.privacy_items))
        register(WorkSource("incomplete", _("Incomplete records"), work.incomplete_items))
        register(WorkSource(
            "clients", _("Clients"),
            owned=work.clients_of, hand_over=organisations.hand_over_clients))  # fmt: skip
        tally = import_module("yanapay.directory.actions.tally")
        schedule = import_module("yanapay.base.schedule")
        merge = schedule.Job(
            "tally", timedelta(hours=1), lambda _now: tally.merge_tally(by=Actor.system())
        )
        schedule.register(merge)
