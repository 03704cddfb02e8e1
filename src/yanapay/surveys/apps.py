from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanapay.base import vouching
from yanapay.base.work import WorkSource, register


class SurveysConfig(AppConfig):
    name = "yanapay.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Models exist only now, so what works on them is found by name."""
        work = import_module("yanapay.surveys.queries.work")
        register(WorkSource("answers", _("Answers to review"), work.answer_items))
        seals = import_module("yanapay.surveys.queries.seals")
        vouching.register("answers", seals.broken_seals)
        schedule = import_module("yanapay.base.schedule")
        tasks = import_module("yanapay.surveys.tasks")
        schedule.register(schedule.Job("answers", timedelta(0), tasks.work_on_answers))
        schedule.register(schedule.Job("orphan files", timedelta(days=1), tasks.sweep_files))
