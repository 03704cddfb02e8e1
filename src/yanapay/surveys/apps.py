from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "yanapay.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Models exist only now, so what works on them is found by name."""
        schedule = import_module("yanapay.base.schedule")
        tasks = import_module("yanapay.surveys.tasks")
        schedule.register(schedule.Job("answers", timedelta(0), tasks.derive_pending))
