"""Deriving rows from answers: afterwards, in bulk, as often as one likes.

A failure is noted on the answer and refuses nothing. When an answer has its rows for the first time, those who
follow ``answers_derived`` are told (a proposal for the directory, for example).
"""

import logging
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from xml.etree.ElementTree import fromstring

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base.following import announce
from yanapay.surveys.choices import Derivation
from yanapay.surveys.models import Record, Submission, Version
from yanapay.surveys.queries.seals import SEALED
from yanapay.surveys.rules.rows import Plan, plan, rows
from yanapay.surveys.rules.sealing import seal

_HAS_ROWS = Exists(Record.objects.filter(submission=OuterRef("pk")))
_READ = ("version_id", "centre_id", "instance_id", "sha256", "xml", "erased_at")
Made = dict[int, list[Record] | Exception]  # by the key of the answer
log = logging.getLogger(__name__)


@transaction.atomic
def derive(*, by: Actor, submission: Submission) -> Submission:
    """Derive the rows of one answer, again or for the first time; who follows is told unless they were."""
    found = Submission.objects.select_for_update().get(pk=submission.pk)
    was_done = found.derivation == Derivation.DONE
    if _derive([found]) and not was_done:
        _tell(by, [found])
    return found


def derive_next(*, by: Actor, limit: int = 100) -> int:
    """Derive and seal the oldest answers that have no rows yet; how many. Who follows is told afterwards.

    The rows are made before the transaction: on SQLite telephones wait while it lasts.
    """
    del by  # each centre's event is signed by the system
    waiting = Submission.objects.filter(derivation=Derivation.PENDING).exclude(_HAS_ROWS)
    return _keep(_make(waiting.order_by("pk").only(*_READ)[:limit]))


@transaction.atomic
def announce_next(*, by: Actor, limit: int = 1) -> int:
    """Tell who follows that the oldest answers of which they do not know have their rows; how many.

    What follows may take long, and telephones must not wait for it: few at a time while they send.
    """
    known = _waiting().filter(_HAS_ROWS).prefetch_related("instrument", "centre", "user")
    found = list(known.defer("xml")[:limit])
    if found:
        _tell(by, found)
    return len(found)


@transaction.atomic
def derive_again(*, by: Actor, after: int = 0, limit: int = 100) -> int | None:
    """Derive anew answers that are done, the next ones after a key; the last key, or None. Nobody is told."""
    del by
    known = Submission.objects.select_for_update().filter(pk__gt=after, erased_at=None)
    found = list(known.filter(derivation=Derivation.DONE).order_by("pk")[:limit])
    _derive(found)
    return found[-1].pk if found else None


def _waiting() -> QuerySet[Submission]:
    pending = Submission.objects.select_for_update(skip_locked=True, of=("self",))
    return pending.filter(derivation=Derivation.PENDING).order_by("pk")


def _derive(submissions: list[Submission]) -> int:
    return _write(submissions, _make(submissions))


def _make(submissions: Iterable[Submission]) -> Made:
    """The rows of each, or what went wrong."""
    found = list(submissions)
    plans, made = _plans(found), Made()
    for submission in found:
        try:
            made[submission.pk] = _records(submission, plans[submission.version_id])
        except Exception as error:
            log.exception("No rows for answer %s", submission.pk)
            made[submission.pk] = error
    return made


@transaction.atomic
def _keep(made: Made) -> int:
    """Seal answers and write their rows, but of those that meanwhile were erased or done by another worker."""
    found = list(_waiting().exclude(_HAS_ROWS).filter(pk__in=made).defer("xml"))
    _seal(found)
    _write(found, made)
    return len(found)


def _write(submissions: list[Submission], made: Made) -> int:
    """Replace the rows of all of them; how many have some. A failure is noted."""
    new, failed = list[Record](), 0
    for one in submissions:
        found = made[one.pk]
        if isinstance(found, Exception):
            _note([one], found)
            failed += 1
        else:
            new += found
    Record.objects.filter(submission__in=[one.pk for one in submissions]).delete()
    Record.objects.bulk_create(new, batch_size=1000)
    return len(submissions) - failed


def _plans(submissions: Iterable[Submission]) -> dict[int, Plan]:
    versions = Version.objects.filter(pk__in={one.version_id for one in submissions})
    return {pk: plan(schema) for pk, schema in versions.values_list("pk", "schema")}


def _records(submission: Submission, form: Plan) -> list[Record]:
    """Nothing for an erased answer. The XML was found harmless when it came."""
    if submission.erased_at:
        return []
    root = fromstring(bytes(submission.xml))  # noqa: S314
    return [
        Record(submission_id=submission.pk, repeat=row.repeat, position=row.position,
               parent_position=row.parent_position, values=row.values)
        for row in rows(root, form)
    ]  # fmt: skip


def _tell(by: Actor, submissions: list[Submission]) -> None:
    """All at once; where that fails one by one, and the answer that fails keeps its rows and bears a note."""
    try:
        with transaction.atomic():
            announce("answers_derived", by=by, submissions=submissions)
        _note(submissions)
    except Exception as error:
        if len(submissions) > 1:
            for one in submissions:
                _tell(by, [one])
            return
        log.exception("What follows from answer %s failed", submissions[0].pk)
        _note(submissions, error)


def _note(submissions: list[Submission], error: Exception | None = None) -> None:
    told = {
        "derivation": Derivation.FAILED if error else Derivation.DONE,
        "problem": str(error)[:500] if error else "",
    }
    for one in submissions:
        one.derivation, one.problem = told["derivation"], told["problem"]
    Submission.objects.filter(pk__in=[one.pk for one in submissions]).update(**told)


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
