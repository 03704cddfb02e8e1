"""What the form in the browser fetches: the form, its files, and an answer that is corrected."""

from typing import TypeVar
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_safe

from yanapay.kernel.errors import NotAllowed, NotFound
from yanapay.surveys.access import Sender, can_replace
from yanapay.surveys.models import Submission, Version
from yanapay.surveys.queries.files import SHELF
from yanapay.surveys.queries.forms import fetched_media, fetched_version
from yanapay.web.http import Request
from yanapay.web.surveys.instruments.downloads import print_of

R = TypeVar("R", HttpResponse, FileResponse)
XML = "text/xml; charset=utf-8"


@require_safe
def form(request: Request, form_id: str) -> HttpResponse:
    """The current version, byte for byte as telephones get it."""
    version = fetched_version(Sender(request.scope), form_id)
    return _inert(HttpResponse(bytes(version.xform), content_type=XML))


@require_safe
def media(request: Request, form_id: str, name: str) -> HttpResponse:
    """A picture or list of the form."""
    found = fetched_media(fetched_version(Sender(request.scope), form_id), name)
    return _inert(HttpResponse(bytes(found.content), content_type=found.content_type))


@require_safe
def paper(request: Request, form_id: str) -> HttpResponse:
    """The form for where there is neither line nor device."""
    return print_of(request, fetched_version(Sender(request.scope), form_id))


@require_safe
def answer(request: Request, form_id: str, instance_id: str) -> HttpResponse:
    """An answer as it was sent, for whoever may correct it."""
    submission = corrected(request, form_id, instance_id)
    return _inert(HttpResponse(bytes(submission.xml), content_type=XML))


@require_safe
def attachment(request: Request, form_id: str, instance_id: str, name: str) -> FileResponse:
    """A file that came with it."""
    found = corrected(request, form_id, instance_id).attachments.filter(name=name).first()
    place = found and SHELF.place(found.sha256)
    if not (found and place and place.exists()):
        raise NotFound("This file is not here.")
    response = FileResponse(place.open("rb"), content_type=found.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return _inert(response)


def corrected(request: Request, form_id: str, instance_id: str) -> Submission:
    """The answer to correct; NotFound for whoever may not even see it."""
    found = (
        Submission.objects.visible_to(request.scope)
        .filter(instrument__form_id=form_id, instance_id=instance_id, erased_at=None)
        .select_related("instrument").first()
    )  # fmt: skip
    if found is None:
        raise NotFound("This answer is not here.")
    if not can_replace(Sender(request.scope), found):
        raise NotAllowed("You may not correct this answer.")
    return found


def media_names(version: Version) -> list[str]:
    return list(version.media.order_by("name").values_list("name", flat=True))


def _inert(response: R) -> R:
    """What people uploaded is data, never a page of ours; only this person's browser keeps it."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
