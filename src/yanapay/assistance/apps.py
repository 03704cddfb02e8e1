from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanapay.base import personal
from yanapay.base.following import follow
from yanapay.base.work import WorkSource, register


class AssistanceConfig(AppConfig):
    name = "yanapay.assistance"
    label = "assistance"

    def ready(self) -> None:
        """Tell "my work today" what waits here. Models exist only now, so these are found by name."""
        cases = import_module("yanapay.assistance.actions.cases")
        work = import_module("yanapay.assistance.queries.work")

        register(WorkSource("visits", _("Visits"), work.visit_items))
        register(WorkSource("assignments", _("You are asked to help"), work.assignment_items))
        register(WorkSource("transfers", _("Cases offered by other centres"), work.transfer_items))
        register(WorkSource("evaluations", _("Evaluations"), work.evaluation_items))
        register(WorkSource("stages", _("My cases"), work.stage_items))
        register(WorkSource("offers", _("Waiting for the entrepreneur"), work.offer_items))
        register(WorkSource("idle", _("Standing still"), work.idle_items))
        register(WorkSource(
            "cases", _("Cases"), owned=work.cases_of, hand_over=cases.hand_over_cases))  # fmt: skip
        _remind_by_the_clock()
        _tell_of_consultations()
        _tell_of_people()
        baseline = import_module("yanapay.assistance.actions.baseline")
        follow("answers_derived", "baseline", baseline.take_baselines)


def _remind_by_the_clock() -> None:
    """Reminders are left once an hour by one process of the installation."""
    schedule = import_module("yanapay.base.schedule")
    tasks = import_module("yanapay.assistance.tasks")
    schedule.register(schedule.Job("reminders", timedelta(hours=1), tasks.send_reminders))


def _tell_of_consultations() -> None:
    """Pending consultations wait for an answer and pass to the heir of a leaver."""
    actions = import_module("yanapay.assistance.actions.consultations")
    queries = import_module("yanapay.assistance.queries.consultations")

    register(WorkSource("consultations", _("Consultations to answer"), queries.pending_items,
                        queries.pending_of, actions.hand_over_pending))  # fmt: skip


def _tell_of_people() -> None:
    """What is kept about people, for their own page and for an erasure."""
    actions = import_module("yanapay.assistance.actions.privacy")
    queries = import_module("yanapay.assistance.queries.privacy")
    for kind, stored, erase in (
        ("consultations", queries.stored_consultations, actions.erase_consultations),
        ("course_wishes", queries.stored_wishes, actions.erase_wishes),
        ("cases", queries.stored_cases, actions.erase_cases),
        ("assignments", queries.stored_assignments, actions.erase_assignments),
    ):
        personal.register(personal.PersonalSource(kind, stored, erase))
