"""Writing the new rows of a batch: many short transactions, each leaving a consistent database behind.

The rows carry the batch, which is not published yet, so nobody sees them. ``ImportBatch.progress`` moves in
the same transaction as the rows it counts: after a kill the load goes on exactly there.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any

import numpy as np
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from yanapay.directory.choices import BatchState
from yanapay.directory.exchange.checks import Columns
from yanapay.directory.exchange.postgresql import count_persons, unhurried
from yanapay.directory.exchange.resolving import said
from yanapay.directory.exchange.rows import Rows
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.exchange.sqlite import Turns, tuned
from yanapay.directory.exchange.verdicts import CONFLICT, NEW
from yanapay.directory.models import Identifier, ImportBatch, Person
from yanapay.kernel.messages import Message

#: On SQLite somebody who wants to save may wait so long; on PostgreSQL nobody waits, and fewer cost less.
SECONDS_PER_TRANSACTION = {"sqlite": 1.0, "postgresql": 5.0}
TAKEN_MEANWHILE = Message("Somebody registered this tax id while the file was loading.").template
_FEWEST, _MOST = 500, 40_000
FIRST_PART = 2_000


@dataclass
class Account:
    """What the new rows of a batch add up to: for the tally, the vocabulary and the audit event."""

    rows: int = 0
    sorts: Counter[tuple[str, int | None]] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    digest: int = 0

    def add(self, new: Columns) -> None:
        size = len(new["row_no"])
        self.rows += size
        self.sorts.update(zip(new["kind"], new.get("area_id") or repeat(None, size), strict=True))
        for texts in (new["search_text"], new.get("owner_key", ())):
            self.words.update(" ".join(texts).split())
        digests = np.array(new["digest"], np.int64).view(np.uint64)
        self.digest ^= int(np.bitwise_xor.reduce(digests)) if size else 0


def load_new(batch: ImportBatch, spool: Spool, progress: Callable[[int], None]) -> Account:
    """Write every row whose verdict is NEW, from where an earlier attempt stopped."""
    account = Account()
    with tuned(), unhurried():
        writer = _Writer(batch)
        met = _documents_met_before(batch, spool)
        for start, columns, verdicts in _judged(spool):
            columns["document_met"] = met[start : start + len(verdicts)].tolist()
            new = _only(columns, verdicts == NEW)
            positions = start + np.flatnonzero(verdicts == NEW)
            done = int(np.searchsorted(positions, batch.progress))
            taken = writer.write(_cut(new, done, None), positions[done:])
            if not start:
                count_persons()
            if taken:
                _mark_conflicts(spool, columns, start, taken)
                new = _only(new, ~np.isin(positions, taken))
            account.add(new)
            progress(start + len(verdicts))
    return account


def _documents_met_before(batch: ImportBatch, spool: Spool) -> "np.ndarray[Any, Any]":
    """By position, whether the owner's document may already be somebody's: in the directory or in the file."""
    documents = spool.read_arrays("compared").get("document", np.zeros(0, np.int64))
    known = (
        Person.objects.filter(centre=batch.centre_id)
        .exclude(document_number="")
        .exclude(batch=batch)
    )
    if known.exists() or not documents.any():
        return np.asarray(documents != 0)
    _, places, counts = np.unique(documents, return_inverse=True, return_counts=True)
    return np.asarray((counts[places] > 1) & (documents != 0))


def _judged(spool: Spool) -> Iterator[tuple[int, Columns, "np.ndarray[Any, Any]"]]:
    verdicts = spool.read_arrays("verdicts")["verdicts"]
    start = 0
    for columns in spool.chunks():
        size = len(columns["row_no"])
        yield start, columns, verdicts[start : start + size]
        start += size


def _only(columns: Columns, wanted: "np.ndarray[Any, Any]") -> Columns:
    if wanted.all():
        return columns
    return {name: list(compress(cells, wanted)) for name, cells in columns.items()}


def _cut(columns: Columns, start: int, stop: int | None) -> Columns:
    return {name: cells[start:stop] for name, cells in columns.items()}


def _mark_conflicts(spool: Spool, columns: Columns, start: int, positions: list[int]) -> None:
    """Rows whose tax id somebody registered while the file was loading are for a person to look at."""
    stored = spool.read_arrays("verdicts")
    stored["verdicts"][positions] = CONFLICT
    spool.write_arrays("verdicts", stored)
    for position in positions:
        row = {name: cells[position - start] for name, cells in columns.items()}
        country, kind, number, _ = row["tax_id"]
        holder = Identifier.objects.get(country=country, type=kind, number=number).organisation
        spool.append_line("conflicts", {
            "position": position, "row_no": row["row_no"], "organisation": holder.pk,
            "version": holder.version, "reason": TAKEN_MEANWHILE, "before": {"name": holder.name},
            "after": {"name": row["name"]}, "said": said(row),
        })  # fmt: skip


class _Writer:
    """Cuts rows into transactions of about equal time and writes them."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._size = FIRST_PART
        self._seconds = SECONDS_PER_TRANSACTION[connection.vendor]
        self._turns = Turns(self._seconds)

    def write(self, new: Columns, positions: "np.ndarray[Any, Any]") -> list[int]:
        """Write all rows; the positions of those whose tax id was registered meanwhile."""
        refused: list[int] = []
        start = 0
        while start < len(positions):
            stop = min(start + self._size, len(positions))
            part, reached = _cut(new, start, stop), int(positions[stop - 1]) + 1
            taken = self._write_part(part, reached)
            refused += [int(positions[start + index]) for index in taken]
            start = stop
        return refused

    def _write_part(self, part: Columns, reached: int) -> list[int]:
        rows = Rows(self._batch, part)
        self._turns.begin()
        began = time.perf_counter()
        try:
            _commit(self._batch, rows, reached)
            taken: list[int] = []
        except IntegrityError:
            taken = _taken(part)
            if not taken:
                raise
            free = np.ones(len(part["row_no"]), bool)
            free[taken] = False
            _commit(self._batch, Rows(self._batch, _only(part, free)), reached)
        took = time.perf_counter() - began
        self._adapt(took)
        self._turns.end(took)
        return taken

    def _adapt(self, seconds: float) -> None:
        wanted = int(self._size * self._seconds / max(seconds, 0.001))
        self._size = max(_FEWEST, min(_MOST, wanted, self._size * 2))


def _commit(batch: ImportBatch, rows: Rows, reached: int) -> None:
    with transaction.atomic():
        rows.insert()
        ImportBatch.objects.filter(pk=batch.pk, state=BatchState.LOADING).update(
            progress=reached, heartbeat_at=timezone.now()
        )
    batch.progress = reached


def _taken(part: Columns) -> list[int]:
    numbers = [tax_id[2] for tax_id in part.get("tax_id", ()) if tax_id]
    held: set[tuple[str, str, str]] = set()
    for start in range(0, len(numbers), 900):
        found = Identifier.objects.filter(number__in=numbers[start : start + 900])
        held |= set(found.values_list("country", "type", "number"))
    return [i for i, tax_id in enumerate(part.get("tax_id", ())) if tax_id and tax_id[:3] in held]
