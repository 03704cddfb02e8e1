"""The day on which an answer was given, beside the day on which it arrived."""

from datetime import date
from typing import Any

from django.db.models import Min
from django.utils import timezone

from yanapay.surveys.models import Submission, Version
from yanapay.surveys.rules.days import Day, asked_for_the_day, day_of

LONG_AGO = date(1971, 1, 1)  # clocks that were never set stand at 1970


def answered_on(submission: Submission) -> Day:
    """The day of an answer that has its rows. All its edits count as arrived with the first."""
    main = submission.records.filter(repeat="").values_list("values", flat=True).first() or {}
    schema = Version.objects.values_list("schema", flat=True).get(pk=submission.version_id)
    told = asked_for_the_day(schema, submission.instrument.mapping)
    return day_of(
        (str(main.get(question) or "") for question in told),
        arrived_on=timezone.localdate(_first_arrival(submission)), earliest=_published(submission),
    )  # fmt: skip


def _first_arrival(submission: Submission) -> Any:
    edits = Submission.objects.filter(
        instrument=submission.instrument_id, root_id=submission.root_id
    )
    return edits.aggregate(first=Min("received_at"))["first"]


def _published(submission: Submission) -> date:
    """When the form was first offered; answers of paper may be older than its last version."""
    versions = Version.objects.filter(instrument=submission.instrument_id)
    first = versions.aggregate(first=Min("published_at"))["first"]
    return max(timezone.localdate(first), LONG_AGO) if first else LONG_AGO
