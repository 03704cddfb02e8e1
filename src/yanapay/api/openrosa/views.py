"""Lists, forms and files for ODK Collect and KoboCollect, and the place where answers arrive."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_noop

from yanapay.api.openrosa.answers import LIST, MANIFEST, XML, Fields, listing, say
from yanapay.api.openrosa.senders import for_senders
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.surveys.access import Sender
from yanapay.surveys.actions.receiving import receive
from yanapay.surveys.models import Media, Version
from yanapay.surveys.queries.forms import fetched_media, fetched_version, offered_versions
from yanapay.surveys.rules.envelope import file_name

ANSWER = "xml_submission_file"
OVERHEAD = 200_000  # headers and boundaries of a hundred parts; the limit counts what is in them
_TOO_LARGE = gettext_noop("The answer is larger than {limit} MB, the most that this server takes.")
PIECE = 1 << 16
_TRUE = {"1", "true", "yes"}


@for_senders("GET", "HEAD")
def form_list(request: HttpRequest, sender: Sender) -> HttpResponse:
    """The open forms that the sender may fill in, each with the digest of the bytes to fetch."""
    asked = request.GET
    versions = offered_versions(
        sender, asked.get("formID", ""), all_of_them=_is(asked, "listAllVersions")
    )
    base = _base(request)
    return listing(
        LIST, "xforms", "xform", [_listed(v, base, _is(asked, "verbose")) for v in versions]
    )


@for_senders("GET", "HEAD")
def form(request: HttpRequest, sender: Sender, form_id: str, number: str) -> HttpResponse:
    """The form as it was stored: these bytes never change."""
    return HttpResponse(bytes(fetched_version(sender, form_id, number).xform), content_type=XML)


@for_senders("GET", "HEAD")
def manifest(request: HttpRequest, sender: Sender, form_id: str, number: str = "") -> HttpResponse:
    """The pictures and lists that a form needs on the device."""
    version = fetched_version(sender, form_id, number)
    at = f"{_base(request)}/{_form_path(version)}/media"
    rows = [
        {
            "filename": one.name,
            "hash": f"md5:{one.md5}",
            "downloadUrl": f"{at}/{quote(one.name, safe='')}",
        }
        for one in version.media.order_by("name").defer("content")
    ]
    return listing(MANIFEST, "manifest", "mediaFile", rows)


@for_senders("GET", "HEAD")
def media(
    request: HttpRequest, sender: Sender, form_id: str, name: str, number: str = ""
) -> HttpResponse:
    """A picture or list of a form."""
    found: Media = fetched_media(fetched_version(sender, form_id, number), name)
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "attachment"
    return response


@for_senders("GET", "HEAD", "POST")
def submission(request: HttpRequest, sender: Sender) -> HttpResponse:
    """Ask whether answers are taken here, or bring one, whole or in parts."""
    if request.method != "POST":
        response = HttpResponse(status=204)
        del response["Content-Type"]
        return response
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.OPENROSA_LIMIT + OVERHEAD:
        _let_finish(request)
        return say(413, Message(_TOO_LARGE, limit=settings.OPENROSA_LIMIT // 1_000_000))
    xml, files, incomplete = _parts(request)
    receipt = receive(
        by=sender.scope.actor(sender.device.centre_id if sender.device else None),
        who=sender, xml=xml, files=files, incomplete=incomplete,
    )  # fmt: skip
    return say(receipt.status, receipt.message)


@for_senders("GET", "HEAD", "POST")
def nothing(request: HttpRequest, sender: Sender, rest: str = "") -> HttpResponse:
    return say(404, Message("There is nothing at this address."))


def _let_finish(request: HttpRequest) -> None:
    """Many clients read the answer only after they sent all; nobody waits for something endless."""
    for _ in range(5 * settings.OPENROSA_LIMIT // PIECE):
        if not request.read(PIECE):
            return


def _parts(request: HttpRequest) -> tuple[bytes, dict[str, "UploadedFile[bytes]"], bool]:
    """The XML, the other files by name, and whether more is to come."""
    try:
        files, fields = request.FILES, request.POST
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError) as error:
        raise RuleBroken("The upload could not be read: {error}", error=str(error)) from None
    xml = files.get(ANSWER)
    if xml is None:
        raise RuleBroken("The upload holds no part named {part}.", part=ANSWER)
    named = dict(_named(files))
    return xml.read(), named, fields.get("*isIncomplete*", "").lower() == "yes"


def _named(
    files: Mapping[str, "UploadedFile[bytes]"],
) -> Iterator[tuple[str, "UploadedFile[bytes]"]]:
    """Under the name of the field and that of the file: clients say the same twice, Django cleans one."""
    for field, uploads in files.lists():  # type: ignore[attr-defined]
        for upload in uploads if field != ANSWER else ():
            yield file_name(field), upload
            yield file_name(upload.name or ""), upload


def _listed(version: Version, base: str, verbose: bool) -> Fields:  # noqa: FBT001
    at = f"{base}/{_form_path(version)}"
    shown = {
        "formID": version.instrument.form_id, "name": str(version.instrument),
        "version": version.number, "hash": f"md5:{version.md5}", "downloadUrl": f"{at}.xml",
    }  # fmt: skip
    if verbose:
        shown["descriptionText"] = str(version.instrument.get_purpose_display())
    if version.has_media:  # type: ignore[attr-defined]
        shown["manifestUrl"] = f"{at}/manifest"
    return shown


def _form_path(version: Version) -> str:
    return f"forms/{quote(version.instrument.form_id, safe='')}/{quote(version.number, safe='')}"


def _base(request: HttpRequest) -> str:
    """The address that the client used, with the scheme of the installation behind its proxy."""
    path = request.path_info
    root = path[: path.index("/", len("/odk/t/"))] if path.startswith("/odk/t/") else "/odk"
    host, ours = request.get_host(), urlsplit(settings.BASE_URL)
    scheme = ours.scheme if ours.netloc == host else request.scheme
    return f"{scheme}://{host}{root}"


def _is(asked: Mapping[str, str], name: str) -> bool:
    return asked.get(name, "").lower() in _TRUE
