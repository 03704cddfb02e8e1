"""A batch from file to publication: staged, loaded, resumed, discarded."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from yanapay.audit.rules import Actor
from yanapay.base.memory import for_millions
from yanapay.centres.models import Centre
from yanapay.directory.choices import BatchState
from yanapay.directory.exchange import staging
from yanapay.directory.exchange.hints import other_source_of_codes
from yanapay.directory.exchange.inspection import open_file, remembered
from yanapay.directory.exchange.loading import load_new
from yanapay.directory.exchange.publishing import keep_rejects, learn_words, publish
from yanapay.directory.exchange.reference import Reference
from yanapay.directory.exchange.removing import remove_rows
from yanapay.directory.exchange.resemblance import possible_duplicates
from yanapay.directory.exchange.resolving import Resolution, resolve
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.exchange.tables import measure_tables
from yanapay.directory.exchange.verdicts import NAMES
from yanapay.directory.models import ImportBatch
from yanapay.directory.rules import columns
from yanapay.kernel.errors import RuleBroken, YanapayError
from yanapay.kernel.messages import Message
from yanapay.places.rules.gazetteer import Codes
from yanapay.tabular.tables import Table

Progress = Callable[[int, int], None]
_INTERRUPTED = (BatchState.LOADING, BatchState.FAILED)
_ENDED = (BatchState.PUBLISHED, BatchState.DISCARDED, BatchState.UNDONE)


def stage(
    path: Path, *, centre: Centre, by: Actor, today: date, mapping: Mapping[str, str] | None = None,
    codes: Codes = "inei", file_name: str = "", fictitious: bool = False, progress: Progress | None = None,
) -> ImportBatch:  # fmt: skip
    """Read and check a file without writing to the directory; the batch's ``counts`` are its dry run.

    An interrupted load of the very same file is returned as it stands, to be finished by :func:`load`; one of
    another file is discarded. Raises UnreadableFile and RuleBroken; then nothing is left behind.
    """
    table = open_file(path)
    wanted = columns.complete(
        table.headers, mapping if mapping is not None else remembered(table.headers, centre)
    )
    batch = ImportBatch(
        centre=centre, file_name=(file_name or path.name)[:255], mapping=wanted,
        sha256=staging.digest_of(path), header_signature=columns.signature(table.headers),
        created_by_id=by.user_id, total=table.rows_estimate,
        options={"codes": codes, "today": today.isoformat(), "fictitious": fictitious,
                 "headers": list(table.headers),
                 "unmapped": [header for header in table.headers if header not in wanted]},
    )  # fmt: skip
    if interrupted := _settle_interrupted(batch):
        return interrupted
    batch.save()
    try:
        _fill(batch, table, Reference.load(centre, today, codes), progress or _silent)
    except BaseException:
        Spool(batch.pk).remove()
        batch.delete()
        raise
    return batch


def _fill(batch: ImportBatch, table: Table, reference: Reference, progress: Progress) -> None:
    spool = Spool(batch.pk)
    with spool.held(), for_millions():
        spool.keep_source(table.source.path)
        read = staging.fill(
            spool, table, batch.mapping, reference, lambda rows: progress(rows, batch.total)
        )
        batch.options["read"] = read
        _resolve(batch, spool)
        keep_rejects(batch, spool)


def _resolve(batch: ImportBatch, spool: Spool) -> Resolution:
    resolution = resolve(spool, batch.centre_id)
    spool.write_arrays("verdicts", {"verdicts": resolution.verdicts})
    spool.write_lines("changes", resolution.changes)
    spool.write_lines("conflicts", resolution.conflicts)
    spool.write_lines("refused", staging.refused_rows(open_file(spool.source), resolution.refused))
    spool.seal()
    read = batch.options["read"]
    suspects = possible_duplicates(spool, resolution.verdicts, batch.centre_id)
    batch.counts = {
        "rows": read["rows"], **{name: resolution.count(verdict) for verdict, name in NAMES.items()},
        "rejected": read["unread"] + len(resolution.refused), "possible_duplicates": suspects.count,
    }  # fmt: skip
    batch.options["suspects"] = suspects.examples
    batch.total = len(resolution.verdicts)
    batch.save()
    return resolution


def load(batch: ImportBatch, *, by: Actor, progress: Progress | None = None) -> ImportBatch:
    """Write the rows of a staged batch and publish it; goes on where an interrupted attempt stopped.

    Idempotent: a published batch is returned unchanged. Raises RuleBroken when another process is at it.
    """
    spool = Spool(batch.pk)
    with spool.held(), for_millions():
        batch = _settled(batch)
        if batch.state in _ENDED:
            spool.remove()
            return batch
        _begin(batch, spool)
        try:
            return _finish(batch, spool, by, progress or _silent)
        except Exception as error:
            _note_failure(batch, error)
            raise


def _settled(batch: ImportBatch) -> ImportBatch:
    """The batch as it stands, when the server has committed what a process sent before it was killed."""
    with transaction.atomic():
        own = ImportBatch.objects.select_for_update(of=("self",), no_key=True)
        return own.select_related("centre__institution").get(pk=batch.pk)


def _begin(batch: ImportBatch, spool: Spool) -> None:
    """Mark the batch as loading. What was checked in another transaction than now is compared anew."""
    for other in _interrupted(batch):
        discard(other)
    if batch.state in {BatchState.STAGED, BatchState.QUEUED}:
        _resolve(batch, spool) if _is_stale(batch) else None
    batch.state, batch.problem, batch.heartbeat_at = BatchState.LOADING, "", timezone.now()
    batch.save(update_fields=["state", "problem", "heartbeat_at"])


def _is_stale(batch: ImportBatch) -> bool:
    age = timezone.now() - batch.created_at
    return age.total_seconds() > 1800 or batch.state == BatchState.QUEUED


def _finish(batch: ImportBatch, spool: Spool, by: Actor, progress: Progress) -> ImportBatch:
    account = load_new(batch, spool, lambda rows: progress(rows, batch.total))
    learn_words(batch, account)
    batch = publish(batch, spool, account, by)
    spool.remove()
    measure_tables(batch.total)
    return batch


def _note_failure(batch: ImportBatch, error: Exception) -> None:
    """Say on the batch what happened, if the database still takes it; the load can be repeated."""
    sentence = (
        str(error.message)
        if isinstance(error, YanapayError)
        else f"{type(error).__name__}: {error}"
    )
    try:
        with transaction.atomic():
            ImportBatch.objects.filter(pk=batch.pk, state=BatchState.LOADING).update(
                state=BatchState.FAILED, problem=sentence[:1000]
            )
    except Exception:  # noqa: S110  the first error is the one to tell
        pass


def _settle_interrupted(batch: ImportBatch) -> ImportBatch | None:
    """The interrupted load of the same file, to go on with; interrupted loads of other files are discarded."""
    _forget_unfinished(batch)
    for other in _interrupted(batch):
        if _is_same_work(other, batch) and Spool(other.pk).is_whole:
            return other
        discard(other)
    return None


def _interrupted(batch: ImportBatch) -> list[ImportBatch]:
    """The other loads of the centre that broke off. Raises RuleBroken when one is going on right now."""
    others = ImportBatch.objects.filter(centre=batch.centre_id, state__in=_INTERRUPTED)
    found = list(others.exclude(pk=batch.pk))
    if any(Spool(other.pk).is_held for other in found):
        raise RuleBroken("Another file is being loaded in this centre. Wait until it is done.")
    return [other for other in map(_settled, found) if other.state in _INTERRUPTED]


def _forget_unfinished(batch: ImportBatch) -> None:
    """Remove what the command line left of this file when it was killed between checking and loading."""
    staged = ImportBatch.objects.filter(
        centre=batch.centre, state=BatchState.STAGED, created_by=None, sha256=batch.sha256
    )
    for other in staged:
        if not Spool(other.pk).is_held:
            forget(other)


def _is_same_work(one: ImportBatch, other: ImportBatch) -> bool:
    def work(batch: ImportBatch) -> tuple[Any, ...]:
        return batch.sha256, batch.mapping, batch.options["codes"], batch.options["fictitious"]

    return work(one) == work(other)


def discard(batch: ImportBatch) -> ImportBatch:
    """Throw away a batch that is not published, with every row it has written so far."""
    settled = _settled(batch)
    if settled.state == BatchState.PUBLISHED:
        raise RuleBroken("This import is published. Undo it instead.")
    if settled.state in _ENDED:
        return settled
    remove_rows(batch)
    Spool(batch.pk).remove()
    batch.rejects.all().delete()
    batch.state, batch.finished_at = BatchState.DISCARDED, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    return batch


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def checked_file(batch: ImportBatch) -> Path:
    """The file of a batch that was checked and not loaded, to be checked by other columns."""
    if batch.state != BatchState.STAGED:
        raise RuleBroken("This import is no longer waiting: its columns can no longer be changed.")
    return Spool(batch.pk).source


def forget(batch: ImportBatch) -> None:
    """Leave nothing of a batch that was only tried."""
    Spool(batch.pk).remove()
    batch.delete()


def today_at(centre: Centre) -> date:
    """The day it is now where the centre stands."""
    return timezone.localdate(timezone=ZoneInfo(centre.time_zone))


def notes(batch: ImportBatch) -> list[Message]:
    """What a person should know of the file besides the counts."""
    read, found = batch.options.get("read", {}), []
    if undated := read.get("undated"):
        found.append(Message(
            "{n} rows have figures without a date: they count as of {day}, the day of the import.",
            n=undated, day=date.fromisoformat(batch.options["today"]),
        ))  # fmt: skip
    if hint := other_source_of_codes(batch):
        found.append(hint)
    return found
