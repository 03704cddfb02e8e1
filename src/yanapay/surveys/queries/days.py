"""The day on which an answer was given, beside the day on which it arrived."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.utils import timezone

from yanapay.surveys.models import Record, Submission, Version
from yanapay.surveys.rules.days import Day, asked_for_the_day, day_of

LONG_AGO = date(1971, 1, 1)  # clocks that were never set stand at 1970


def main_rows(submissions: Collection[Submission]) -> dict[int, Mapping[str, Any]]:
    """What was answered outside repeats, by the key of the answer; answers without rows are left out."""
    found = Record.objects.filter(submission__in=[one.pk for one in submissions], repeat="")
    return dict(found.values_list("submission", "values"))


def answered_on(submission: Submission) -> Day:
    """The day of an answer that has its rows."""
    return days_of([submission], main_rows([submission]))[submission.pk]


def days_of(
    submissions: Collection[Submission], rows: Mapping[int, Mapping[str, Any]]
) -> dict[int, Day]:
    """The day of each answer, by its key; ``rows`` are their ``main_rows``.

    Edits count as arrived with the first.
    """
    schemas = dict(
        Version.objects.filter(pk__in={one.version_id for one in submissions}).values_list("pk", "schema")
    )  # fmt: skip
    arrived, offered = _first_arrivals(submissions), _published(submissions)
    asked = {
        one.version_id: asked_for_the_day(schemas[one.version_id], one.instrument.mapping)
        for one in submissions
    }
    return {
        one.pk: day_of(
            (str(rows.get(one.pk, {}).get(question) or "") for question in asked[one.version_id]),
            arrived_on=timezone.localdate(arrived[one.instrument_id, one.root_id]),
            earliest=offered[one.instrument_id],
        )
        for one in submissions
    }


def _first_arrivals(submissions: Collection[Submission]) -> dict[tuple[int, str], datetime]:
    edits = Submission.objects.filter(
        instrument__in={one.instrument_id for one in submissions},
        root_id__in={one.root_id for one in submissions},
    )
    by_root = edits.values_list("instrument", "root_id").annotate(Min("received_at"))
    return {(instrument, root): first for instrument, root, first in by_root}


def _published(submissions: Collection[Submission]) -> dict[int, date]:
    """When each form was first offered; answers of paper may be older than its last version."""
    versions = Version.objects.filter(instrument__in={one.instrument_id for one in submissions})
    firsts = versions.values_list("instrument").annotate(Min("published_at"))
    return {
        form: max(timezone.localdate(first), LONG_AGO) if first else LONG_AGO
        for form, first in firsts
    }
