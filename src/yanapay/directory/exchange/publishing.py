"""The end of a batch: published in one short transaction, discarded, or undone."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.directory.choices import BatchState, RequestState
from yanapay.directory.exchange.applying import apply
from yanapay.directory.exchange.loading import Account
from yanapay.directory.exchange.sorts import count_sorts
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.models import Conflict, ImportBatch, Provenance, Reject
from yanapay.kernel.messages import Message

MOST_REJECTS_KEPT = 50_000
_WORDS_AT_ONCE = 2_000
_EDITED = Message("A person has edited the record since the last import.").template


def learn_words(batch: ImportBatch, account: Account) -> None:
    """Teach the search the words of the new rows, some at a time; what was learnt is not learnt twice."""
    ordered = sorted(account.words)
    done = int(batch.options.get("learnt", 0))
    for start in range(done, len(ordered), _WORDS_AT_ONCE):
        part = ordered[start : start + _WORDS_AT_ONCE]
        with transaction.atomic():
            search.learn(type(account.words)({word: account.words[word] for word in part}))
            batch.options["learnt"] = start + len(part)
            ImportBatch.objects.filter(pk=batch.pk).update(
                options=batch.options, heartbeat_at=timezone.now()
            )


def keep_rejects(batch: ImportBatch, spool: Spool) -> None:
    """Store the rejected rows for the people who mend them."""
    Reject.objects.filter(batch=batch).delete()
    rows: list[Reject] = []
    for number, rejected in enumerate(spool.rejects()):
        if number == MOST_REJECTS_KEPT:
            break
        rows.append(
            Reject(
                batch=batch, row_no=rejected.row_no, row=rejected.row, problems=rejected.problems
            )
        )
    Reject.objects.bulk_create(rows, 1000)


@transaction.atomic
def publish(batch: ImportBatch, spool: Spool, account: Account, by: Actor) -> ImportBatch:
    """Let everybody see the rows, apply the changes, and write the one audit event of the import."""
    current = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if current.state == BatchState.PUBLISHED:
        return current
    stale = apply(current, spool.read_lines("changes"))
    conflicts = [*spool.read_lines("conflicts"), *({**entry, "reason": _EDITED} for entry in stale)]
    _keep_conflicts(current, conflicts)
    sorts = {(kind, "active", area): n for (kind, area), n in account.sorts.items()}
    count_sorts(current.centre_id, sorts)
    counts = current.counts
    counts["conflicts"] += len(stale) + counts["created"] - account.rows
    counts["created"] = account.rows
    counts["changed"] -= len(stale)
    current.state, current.finished_at = BatchState.PUBLISHED, timezone.now()
    current.save(update_fields=["counts", "state", "finished_at"])
    _record(current, account, by)
    return current


def _keep_conflicts(batch: ImportBatch, entries: list[dict[str, Any]]) -> None:
    """Conflicts wait for review; one that already waits with the same content is not asked twice."""
    for entry in entries:
        organisation = entry.get("organisation") or _created_by_row(batch, entry["first_row"])
        if organisation is None:
            continue
        proposed = {**entry["after"], "_said": entry["said"], "_version": entry.get("version", 1)}
        waiting = Conflict.objects.filter(organisation=organisation, state=RequestState.PENDING)
        if any(_content(one.proposed) == _content(proposed) for one in waiting):
            continue
        Conflict.objects.create(
            batch=batch, organisation_id=organisation, row_no=entry["row_no"], current=entry["before"],
            proposed=proposed, reason=entry["reason"],
        )  # fmt: skip


def _content(proposed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in proposed.items() if not name.startswith("_")}


def _created_by_row(batch: ImportBatch, row_no: int) -> int | None:
    return (
        Provenance.objects.filter(batch=batch, row_no=row_no).values_list("pk", flat=True).first()
    )


def _record(batch: ImportBatch, account: Account, by: Actor) -> None:
    changes = {"sha256": batch.sha256, "rows_digest": f"{account.digest:016x}", **batch.counts}
    record(
        by=by,
        action="directory.imported",
        object_type="import",
        object_id=batch.pk,
        changes=changes,
    )
