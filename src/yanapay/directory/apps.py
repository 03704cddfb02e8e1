from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanapay.audit.rules import Actor
from yanapay.base.work import WorkItem, WorkSource, register


class DirectoryConfig(AppConfig):
    name = "yanapay.directory"
    label = "directory"

    def ready(self) -> None:
        """Tell "my work today" what waits here. Models exist only now, so these are found by name."""
        work = import_module("yanapay.directory.queries.work")
        organisations = import_module("yanapay.directory.actions.organisations")

        def hand_over(from_user_id: int, to_user_id: int, by: Actor) -> int:
            handed: int = organisations.hand_over_clients(
                by=by, from_user_id=from_user_id, to_user_id=to_user_id
            )
            return handed

        register(WorkSource("imports", _("Imports to finish"), work.import_items))
        register(WorkSource("conflicts", _("Proposals to review"), work.conflict_items))
        register(WorkSource("sharing", _("Requests of other centres"), work.sharing_items))
        register(WorkSource("privacy", _("Requests about personal data"), work.privacy_items))
        register(WorkSource("incomplete", _("Incomplete records"), work.incomplete_items))
        register(WorkSource("clients", _("Clients"), _none, work.clients_of, hand_over))
        tally = import_module("yanapay.directory.actions.tally")
        schedule = import_module("yanapay.base.schedule")
        merge = schedule.Job(
            "tally", timedelta(hours=1), lambda _now: tally.merge_tally(by=Actor.system())
        )
        schedule.register(merge)


def _none(scope: object, limit: int) -> list[WorkItem]:
    """Being responsible for a client is not yet something to do."""
    return []
