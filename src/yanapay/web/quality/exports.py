"""Registers as spreadsheets."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse, Http404
from django.utils import timezone

from yanapay.tabular.writing import write_table


def spreadsheet(
    name: str, kind: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]
) -> FileResponse:
    """A download in XLSX or CSV."""
    if kind not in ("xlsx", "csv"):
        raise Http404
    stream = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    write_table(kind, stream, headers, rows)
    stream.seek(0)
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return FileResponse(stream, as_attachment=True, filename=filename)
