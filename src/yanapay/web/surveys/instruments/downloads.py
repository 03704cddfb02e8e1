"""What can be taken away of a form: the workbook, its files, a print for paper."""

from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import get_language

from yanapay.centres.models import Centre
from yanapay.kernel.errors import NotFound
from yanapay.surveys.exchange.paper import printed
from yanapay.surveys.models import Instrument, Version
from yanapay.web.http import Request
from yanapay.web.quality.pdf import pdf_response
from yanapay.web.surveys.instruments.finding import form_of, version_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(request: Request, form_id: str, pk: int) -> HttpResponse:
    """The workbook as it was uploaded, byte for byte."""
    version = version_of(form_of(request, form_id), pk)
    return _attached(bytes(version.workbook), f"{form_id}-{version.number}.xlsx", XLSX)


def media(request: Request, form_id: str, pk: int, name: str) -> HttpResponse:
    """A file of the form. Never shown by the browser itself: it may hold anything."""
    found = version_of(form_of(request, form_id), pk).media.filter(name=name).first()
    if found is None:
        raise NotFound("There is no such file.")
    return _attached(bytes(found.content), found.name, "application/octet-stream")


def paper(request: Request, form_id: str, pk: int) -> HttpResponse:
    """The form to fill in with a pencil."""
    return print_of(request, version_of(form_of(request, form_id), pk))


def print_of(request: Request, version: Version) -> HttpResponse:
    """A version for paper, in the language asked for (?language=), else the reader's."""
    language = request.GET.get("language") or (get_language() or "es")[:2]
    language = language if language in version.languages else version.languages[0]
    centre = _centre(request, version.instrument)
    sheet = printed(
        version, language=language, centre=centre.name if centre else "",
        institution=centre.institution.name if centre else "",
    )  # fmt: skip
    return pdf_response(sheet.pdf, f"{version.instrument.form_id}-{version.number}-{language}.pdf")


def _centre(request: Request, instrument: Instrument) -> Centre | None:
    """The centre of the form; for a form of all centres that of the user, if there is one."""
    mine = min(request.scope.centre_ids, default=None)
    wanted = instrument.centre_id or mine
    centres = Centre.objects.select_related("institution")
    return centres.filter(pk=wanted).first() if wanted else None


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
