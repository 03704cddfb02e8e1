from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanapay.audit.rules import Actor
from yanapay.base.work import WorkSource, register


class QualityConfig(AppConfig):
    name = "yanapay.quality"
    label = "quality"

    def ready(self) -> None:
        """Tell "my work today" of open findings. Models exist only now, so these are found by name."""
        actions = import_module("yanapay.quality.actions.findings")
        queries = import_module("yanapay.quality.queries.findings")

        def hand_over(from_user_id: int, to_user_id: int, by: Actor) -> int:
            handed: int = actions.hand_over_findings(
                by=by, from_user_id=from_user_id, to_user_id=to_user_id
            )
            return handed

        register(
            WorkSource(
                "findings", _("Non-conformities"), queries.waiting, queries.owned_by, hand_over
            )
        )
