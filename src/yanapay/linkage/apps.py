from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanapay.base.work import WorkSource, register


class LinkageConfig(AppConfig):
    name = "yanapay.linkage"
    label = "linkage"

    def ready(self) -> None:
        """Tell "my work today" what waits here. Models exist only now, so the query is found by name."""
        queue = import_module("yanapay.linkage.queries.queue")
        register(WorkSource("duplicates", _("Duplicates to review"), queue.work_items))
