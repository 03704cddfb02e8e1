from datetime import datetime, timedelta
from importlib import import_module

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanapay.audit.rules import Actor
from yanapay.base import personal
from yanapay.base.following import follow
from yanapay.base.work import WorkSource, register


class MappingConfig(AppConfig):
    name = "yanapay.mapping"
    label = "mapping"

    def ready(self) -> None:
        """Say what follows from below and what waits here. Models exist only now: found by name."""
        _follow_the_directory()
        _follow_answers()
        _tell_of_work()
        _tell_of_people()
        _ask_by_the_clock()


def _follow_the_directory() -> None:
    following = import_module("yanapay.mapping.actions.following")
    follow("consent_withdrawn", "entries", following.follow_withdrawal)
    follow("status_changed", "entries", following.follow_status)
    follow("organisation_merged", "entries", following.follow_merge)
    follow("merge_undone", "entries", following.follow_undone_merge)


def _follow_answers() -> None:
    """Rows of an answer of a mapping form become a proposal."""
    answers = import_module("yanapay.mapping.actions.answers")
    follow("answers_derived", "proposals", answers.take_derived)


def _tell_of_work() -> None:
    actions = import_module("yanapay.mapping.actions.interviews")
    work = import_module("yanapay.mapping.queries.work")

    register(WorkSource("proposed", _("Proposed changes to review"), work.proposal_items))
    register(WorkSource("interviews", _("Interviews to make"), work.interview_items,
                        work.interviews_of, actions.hand_over_interviews))  # fmt: skip
    register(
        WorkSource("confirmations", _("Entries that are no longer right"), work.confirmation_items)
    )


def _tell_of_people() -> None:
    """What is kept about people, for their own page and for an erasure."""
    actions = import_module("yanapay.mapping.actions.privacy")
    queries = import_module("yanapay.mapping.queries.privacy")
    for kind, stored, erase in (
        ("proposals", queries.stored_proposals, actions.erase_proposals),
        ("interviews", queries.stored_interviews, actions.erase_interviews),
        ("answers", queries.stored_answers, actions.erase_answers),
        ("entries", queries.stored_entries, actions.erase_entries),
    ):
        personal.register(personal.PersonalSource(kind, stored, erase))


def _ask_by_the_clock() -> None:
    """Once a day, by one process of the installation."""
    schedule = import_module("yanapay.base.schedule")
    confirmations = import_module("yanapay.mapping.actions.confirmations")

    def ask(now: datetime) -> int:
        asked: int = confirmations.ask_due(by=Actor.system(), on=timezone.localdate(now))
        return asked

    schedule.register(schedule.Job("confirmations", timedelta(days=1), ask))
