from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanapay.base.work import WorkSource, register


class QualityConfig(AppConfig):
    name = "yanapay.quality"
    label = "quality"

    def ready(self) -> None:
        """Tell "my work today" of open findings. Models exist only now, so these are found by name."""
        actions = import_module("yanapay.quality.actions.findings")
        queries = import_module("yanapay.quality.queries.findings")

        register(WorkSource("findings", _("Non-conformities"), queries.waiting, queries.owned_by,
                            actions.hand_over_findings))  # fmt: skip
