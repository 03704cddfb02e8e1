"""The archive: which version is in force, what is printed on a sheet, whether a file is still what it was."""

import hashlib
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from yanapay.kernel.errors import NotFound, RuleBroken
from yanapay.quality.models import Document, FormatVersion
from yanapay.quality.rules.typesetting import Sheet, typeset


def version_in_force(code: str, on: date) -> FormatVersion:
    """The version of a format that held on a day. Raises RuleBroken when there was none."""
    versions = FormatVersion.objects.select_related("format").filter(format__code=code)
    found = versions.filter(since__lte=on).order_by("-since", "-number").first()
    if found is None:
        raise RuleBroken("No version of the format {code} was in force on {on}.", code=code, on=on)
    return found


def preview(draft: Document, *, is_form: bool = False) -> Sheet:
    """The sheet of a document that is not issued: a draft, or (``is_form``) a form to fill in by hand."""
    return typeset(draft.version.template, printed(draft, is_draft=not is_form))


def printed(document: Document, *, is_draft: bool = False) -> dict[str, Any]:
    """What a template prints: the head of every page and the content, in the document's language."""
    with translation.override(document.language):
        return {"head": _head(document, is_draft=is_draft), "content": document.content}


def _head(document: Document, *, is_draft: bool) -> dict[str, Any]:
    centre, version = document.centre, document.version
    facts = [
        (gettext("Format"), f"{version.format.code} · v{version.number}"),
        (gettext("No."), document.number or "—"),
        (pgettext("of a document", "Date"), _day(document) if document.number or is_draft else "—"),
    ]
    return {
        "title": document.title,
        "institution": centre.institution.name,
        "centre": centre.name,
        "format_title": str(version.format),
        "facts": facts,
        "language": document.language.split("-")[0],
        "page": gettext("Page"),
        "of": pgettext("page n of m", "of"),
        "mark": gettext("Fictitious centre: example data") if centre.is_fictitious else document.title,
        "watermark": gettext("draft") if is_draft else "",
        "note": _note(document),
    }  # fmt: skip


def _day(document: Document) -> str:
    return date_format(document.issued_on, "SHORT_DATE_FORMAT")


def _note(document: Document) -> str:
    """What an addendum says of the document that it corrects."""
    if document.corrects is None:
        return ""
    sentence = gettext("Addendum. Corrects %(number)s of %(on)s. Reason: %(reason)s")
    return sentence % {
        "number": document.corrects.number,
        "on": _day(document.corrects),
        "reason": document.reason,
    }


def archived(
    documents: QuerySet[Document], *, code: str = "", year: int | None = None, text: str = ""
) -> QuerySet[Document]:
    """Those of a format, of a year, or whose number or title holds the text; newest first."""
    if code:
        documents = documents.filter(version__format__code=code)
    if year:
        documents = documents.filter(issued_on__year=year)
    if text:
        documents = documents.filter(Q(number__icontains=text) | Q(title__icontains=text))
    related = documents.select_related("version__format", "centre", "corrects")
    return related.order_by("-issued_on", "-pk")


def pdf_of(document: Document) -> bytes:
    """The stored file. Raises NotFound when it was erased or is no longer there."""
    if not document.stored:
        raise NotFound("The content of this document was erased; its number and day remain.")
    try:
        with document.stored.storage.open(str(document.stored.name)) as file:
            return bytes(file.read())
    except OSError as error:
        raise NotFound(
            "The file of this document is not where it was kept. Restore it from a backup."
        ) from error


def is_intact(document: Document) -> bool:
    """Whether the stored file is, byte by byte, the one that was issued."""
    return hashlib.sha256(pdf_of(document)).hexdigest() == document.sha256
