"""Everything that is public as files, with what the columns mean and under which licence."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from yanapay.mapping.exchange.mykomap import write_archive
from yanapay.mapping.exchange.public import write_entries
from yanapay.mapping.queries.public.columns import current_edition
from yanapay.mapping.queries.public.licence import licence
from yanapay.mapping.queries.public.listing import Filters, count
from yanapay.web.public import facets
from yanapay.web.public.pages import licence_tag, namespace, public, show, to, unless_changed
from yanapay.web.public.words import MEANINGS

Write = Callable[[BinaryIO, Filters], int]
FILES: dict[str, tuple[Write, str, object]] = {
    "organisations.csv": (
        lambda out, filters: write_entries("csv", out, filters), "text/csv; charset=utf-8",
        gettext_lazy("For any program. UTF-8, comma-separated; opens in uMap."),
    ),
    "organisations.xlsx": (
        lambda out, filters: write_entries("xlsx", out, filters),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        gettext_lazy("For a spreadsheet."),
    ),
    "organisations.geojson": (
        lambda out, filters: write_entries("geojson", out, filters), "application/geo+json",
        gettext_lazy("For maps: QGIS, uMap, Leaflet (RFC 7946)."),
    ),
    "organisations.parquet": (
        lambda out, filters: write_entries("parquet", out, filters), "application/vnd.apache.parquet",
        gettext_lazy("For analysis: R, Python, DuckDB."),
    ),
    "mykomap.zip": (
        write_archive, "application/zip",
        gettext_lazy("For mykomap: config.json and standard.csv."),
    ),
}  # fmt: skip


@public
@unless_changed
def data(request: HttpRequest) -> HttpResponse:
    """The files, cut by the filters of the address if it has any."""
    filters = Filters.read(request.GET)
    context = {
        "files": [
            (name, text, facets.address(to(request, "download", name), filters))
            for name, (_, _, text) in FILES.items()
        ],
        "count": count(filters), "chips": facets.chips(request.path, filters, filters.scheme),
        "licence": licence(), "columns": MEANINGS, "changed_at": current_edition().changed_at,
    }  # fmt: skip
    return show(request, "public/data.html", context)


@public
@unless_changed
def download(request: HttpRequest, name: str) -> HttpResponse:
    """One file. The whole directory is written once for all until an entry changes."""
    if name not in FILES:
        raise Http404
    write, kind, _ = FILES[name]
    filters = Filters.read(request.GET)
    stream = _of_some(write, filters) if filters.given else _of_all(write, name, namespace(request))
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=kind)
    response["Link"] = licence().header
    return response  # type: ignore[return-value]  # Django's stubs tell streams from pages


def _of_some(write: Write, filters: Filters) -> BinaryIO:
    stream = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    write(stream, filters)
    stream.seek(0)
    return stream


def _of_all(write: Write, name: str, instance: str) -> BinaryIO:
    folder = Path(settings.YANAPAY_HOME) / "public"
    kept = folder / f"{instance}-{current_edition().tag}-{licence_tag()}-{name}"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{os.getpid()}-{kept.name}"
        with unfinished.open("wb") as stream:
            write(stream, Filters())
        for older in folder.glob(f"{instance}-*-{name}"):
            older.unlink(missing_ok=True)
        unfinished.replace(kept)
    return kept.open("rb")
