"""Files in and out of the directory: the same functions serve the command line, the wizard and the API.

Import, in order::

    inspect(path, centre=None) -> Inspection
        headers, sample, mapping, unmapped, description, rows_estimate
    stage(path, *, centre, by, today, mapping=None, codes="inei", file_name="", fictitious=False,
          progress=None) -> ImportBatch      reads and checks; batch.counts are the dry run
    load(batch, *, by, progress=None) -> ImportBatch
        writes and publishes; idempotent and resumable: for the worker
    checked_file(batch) -> Path              the file of a staged batch, to stage it by other columns
    discard(batch) -> ImportBatch            throws an unpublished batch away, rows included
    undo(batch, *, by) -> int                removes what a published batch created, or RuleBroken

``batch.counts``: rows, created, changed, unchanged, conflicts, rejected, possible_duplicates; the
first is the sum of the next five. ``batch.options["unmapped"]``: headers kept as they are;
``["suspects"]``: examples of possible duplicates. ``progress(done, total)`` is called now and then;
``batch.progress``, ``total`` and ``heartbeat_at`` move in the database while a batch loads.
``notes(batch)`` are sentences (Message) to show beside the counts.

Rejects: ``batch.rejects``; ``message(problem).render(gettext)`` for each of ``Reject.problems``; whole
as a spreadsheet by ``stream_rejects(batch, "csv"|"xlsx"|"parquet", stream, translate)``.
Conflicts: ``accept_conflict(by=, conflict=)``, ``refuse_conflict(by=, conflict=)``; ``current`` and
``proposed`` map fields to values; names that start with "_" are not for people.

Export: ``export_rows(queryset, format, stream, columns=COLUMNS, *, audience=Audience.STAFF) -> int``
with format csv, xlsx, parquet or geojson.

Everything raises ``kernel.errors`` (UnreadableFile, RuleBroken) with a sentence for people.
"""

from yanapay.directory.exchange.batches import (
    checked_file,
    discard,
    forget,
    load,
    notes,
    stage,
    today_at,
)  # fmt: skip
from yanapay.directory.exchange.exporting import COLUMNS, Audience, export_rows
from yanapay.directory.exchange.inspection import Inspection, inspect
from yanapay.directory.exchange.problems import message
from yanapay.directory.exchange.rejects import rejected_rows, stream_rejects, write_rejects
from yanapay.directory.exchange.reviewing import accept_conflict, refuse_conflict
from yanapay.directory.exchange.undoing import undo

__all__ = [
    "COLUMNS",
    "Audience",
    "Inspection",
    "accept_conflict",
    "checked_file",
    "discard",
    "export_rows",
    "forget",
    "inspect",
    "load",
    "message",
    "notes",
    "refuse_conflict",
    "rejected_rows",
    "stage",
    "stream_rejects",
    "today_at",
    "undo",
    "write_rejects",
]  # fmt: skip
