"""Files out: the filtered directory, the rejects of an import, the empty template."""

import tempfile

from django.http import FileResponse, Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext

from yanapay.directory.exchange import Audience, export_rows, stream_rejects
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.listing import exportable
from yanapay.directory.queries.selecting import Selection
from yanapay.directory.rules.columns import TEMPLATE
from yanapay.tabular.writing import write_table
from yanapay.web.http import Request
from yanapay.web.imports.views import open_batch

KINDS = ("csv", "xlsx")


def organisations(request: Request, kind: str) -> HttpResponseBase:
    """The list with the filters of the address, as a spreadsheet that can be imported again."""
    request.scope.require("directory.export")
    if kind not in KINDS:
        raise Http404
    found = exportable(Selection(request.scope, Filters.read(request.GET)))
    stream = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    export_rows(found, kind, stream, audience=Audience.STAFF)
    stream.seek(0)
    name = f"yanapay-{timezone.localdate():%Y-%m-%d}.{kind}"
    return FileResponse(stream, as_attachment=True, filename=name)


def rejects(request: Request, pk: int, kind: str) -> HttpResponseBase:
    """The rejected rows as they stood, with what is wrong: mend them and import the file again."""
    found = open_batch(request, pk)
    if kind not in KINDS:
        raise Http404
    stream = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    stream_rejects(found, kind, stream, gettext)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"rechazos-{found.pk}.{kind}")


def template(request: Request) -> HttpResponseBase:
    """The columns that need no mapping, as an empty spreadsheet."""
    request.scope.require("directory.import")
    stream = tempfile.TemporaryFile()  # noqa: SIM115
    write_table("xlsx", stream, list(TEMPLATE), [])
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename="plantilla.xlsx")
