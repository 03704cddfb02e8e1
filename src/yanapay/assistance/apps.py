from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanapay.audit.rules import Actor
from yanapay.base.work import WorkItem, WorkSource, register


class AssistanceConfig(AppConfig):
    name = "yanapay.assistance"
    label = "assistance"

    def ready(self) -> None:
        """Tell "my work today" what waits here. Models exist only now, so these are found by name."""
        cases = import_module("yanapay.assistance.actions.cases")
        work = import_module("yanapay.assistance.queries.work")

        def hand_over(from_user_id: int, to_user_id: int, by: Actor) -> int:
            handed: int = cases.hand_over_cases(
                by=by, from_user_id=from_user_id, to_user_id=to_user_id
            )
            return handed

        register(WorkSource("cases", _("Cases"), _none, work.cases_of, hand_over))


def _none(scope: object, limit: int) -> list[WorkItem]:
    """Being responsible for a case is not yet something to do; what is due is listed by its own sources."""
    return []
