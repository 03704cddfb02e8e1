"""Deriving rows from answers: afterwards, in bulk, as often as one likes.

A failure is noted on the answer and refuses nothing. When an answer has its rows for the first time, those who
follow ``answer_derived`` are told (a proposal for the directory, for example).
"""

import logging
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from xml.etree.ElementTree import fromstring

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base.following import announce
from yanapay.surveys.choices import Derivation
from yanapay.surveys.models import Record, Submission, Version
from yanapay.surveys.queries.seals import SEALED
from yanapay.surveys.rules.rows import Plan, plan, rows
from yanapay.surveys.rules.sealing import seal

log = logging.getLogger(__name__)


@transaction.atomic
def derive(*, by: Actor, submission: Submission) -> Submission:
    """Derive the rows of one answer, again or for the first time."""
    found = Submission.objects.select_for_update().get(pk=submission.pk)
    _derive(by, [found])
    return found


@transaction.atomic
def derive_next(*, by: Actor, limit: int = 100) -> int:
    """Derive the oldest answers that wait, and seal them; how many."""
    waiting = Submission.objects.select_for_update(skip_locked=True).filter(
        derivation=Derivation.PENDING
    )
    found = list(waiting.order_by("pk")[:limit])
    _seal(found)
    _derive(by, found)
    return len(found)


@transaction.atomic
def derive_again(*, by: Actor, after: int = 0, limit: int = 100) -> int | None:
    """Derive anew those answers that have their rows, the next ones after a key; the last key, or None."""
    known = Submission.objects.select_for_update().filter(pk__gt=after, erased_at=None)
    found = list(known.exclude(derivation=Derivation.PENDING).order_by("pk")[:limit])
    _derive(by, found)
    return found[-1].pk if found else None


def _derive(by: Actor, submissions: list[Submission]) -> None:
    plans = _plans(submissions)
    made: list[Record] = []
    fresh = [one for one in submissions if one.derivation != Derivation.DONE]
    for submission in submissions:
        try:
            made += _records(submission, plans[submission.version_id])
            submission.derivation, submission.problem = Derivation.DONE, ""
        except Exception as error:
            log.exception("No rows for answer %s", submission.pk)
            submission.derivation, submission.problem = Derivation.FAILED, str(error)[:500]
    Record.objects.filter(submission__in=[one.pk for one in submissions]).delete()
    Record.objects.bulk_create(made, batch_size=1000)
    for submission in fresh:
        if submission.derivation == Derivation.DONE:
            _tell(by, submission)
    _note(submissions)


def _note(submissions: list[Submission]) -> None:
    done = [one.pk for one in submissions if one.derivation == Derivation.DONE]
    Submission.objects.filter(pk__in=done).update(derivation=Derivation.DONE, problem="")
    for failed in (one for one in submissions if one.derivation == Derivation.FAILED):
        failed.save(update_fields=["derivation", "problem"])


def _plans(submissions: Iterable[Submission]) -> dict[int, Plan]:
    versions = Version.objects.filter(pk__in={one.version_id for one in submissions})
    return {pk: plan(schema) for pk, schema in versions.values_list("pk", "schema")}


def _records(submission: Submission, form: Plan) -> list[Record]:
    """Nothing for an erased answer. The XML was found harmless when it came."""
    if submission.erased_at:
        return []
    root = fromstring(bytes(submission.xml))  # noqa: S314
    return [
        Record(submission=submission, repeat=row.repeat, position=row.position,
               parent_position=row.parent_position, values=row.values)
        for row in rows(root, form)
    ]  # fmt: skip


def _tell(by: Actor, submission: Submission) -> None:
    """Whoever fails to follow leaves a note on the answer, not the others without theirs."""
    try:
        with transaction.atomic():
            announce("answer_derived", by=by, submission=submission)
    except Exception as error:
        log.exception("What follows from answer %s failed", submission.pk)
        submission.derivation, submission.problem = Derivation.FAILED, str(error)[:500]


def _seal(submissions: list[Submission]) -> None:
    """One event for many answers: their digests enter the chain of their centre (ADR 11)."""
    by_centre = attrgetter("centre_id")
    for centre_id, group in groupby(sorted(submissions, key=by_centre), by_centre):
        arrived = list(group)
        record(
            by=Actor(None, "system", centre_id, arrived[0].centre.name), action=SEALED,
            object_type="submission", object_id=arrived[-1].pk,
            changes={
                "answers": [one.pk for one in arrived],
                "digest": seal((one.pk, one.instance_id, one.sha256) for one in arrived),
            },
        )  # fmt: skip
