"""The rejected rows as a spreadsheet: the columns of the file, then the row's number and what is wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from yanapay.directory.exchange.problems import Rejected, message
from yanapay.directory.exchange.spool import Spool
from yanapay.directory.models import ImportBatch
from yanapay.tabular.writing import format_of, write_table

Translate = Callable[[str], str]


def rejected_rows(batch: ImportBatch) -> Iterator[Rejected]:
    """All rejects of a batch in the order of its file."""
    spool = Spool(batch.pk)
    if spool.path.exists():
        yield from spool.rejects()
        return
    for one in batch.rejects.order_by("row_no").iterator():
        yield Rejected(one.row_no, one.row, one.problems)


def write_rejects(batch: ImportBatch, path: Path, translate: Translate) -> int:
    """Write the rejects to a file of the kind its name ends in; how many there were."""
    with path.open("wb") as stream:
        return stream_rejects(batch, format_of(path), stream, translate)


def stream_rejects(batch: ImportBatch, format: str, stream: BinaryIO, translate: Translate) -> int:  # noqa: A002
    """Write the rejects as csv, xlsx or parquet; the file can be mended and taken in again as it is."""
    headers = [*batch.options["headers"], "row_number", "problems"]
    rows = (
        [*one.row, one.row_no, " · ".join(message(p).render(translate) for p in one.problems)]
        for one in rejected_rows(batch)
    )
    return write_table(format, stream, headers, rows)
