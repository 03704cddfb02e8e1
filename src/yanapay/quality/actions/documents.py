"""Issuing documents: a number without gaps, the PDF in the archive, the values that it shows."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.kernel.errors import RuleBroken
from yanapay.quality.actions.numbers import next_number
from yanapay.quality.models import Document
from yanapay.quality.queries.documents import printed, version_in_force
from yanapay.quality.rules.typesetting import typeset


@transaction.atomic
def issue_document(
    *, by: Actor, centre: Centre, code: str, subject_type: str, subject_id: int, title: str,
    content: Mapping[str, Any], on: date, language: str, about: str = "",
    corrects: Document | None = None, reason: str = "",
) -> Document:  # fmt: skip
    """Number, print and archive a document of the format ``code``. Nothing of it changes afterwards.

    ``about`` names the part of the subject that it shows ("visit:12"). With ``corrects`` it is an addendum,
    which says why. When the file cannot be written, no number is given.
    """
    version = version_in_force(code, on)
    _check_addendum(corrects, reason, (centre.pk, subject_type, subject_id, version.format_id))
    document = Document(
        centre=centre, version=version, title=title[:300], subject_type=subject_type,
        subject_id=subject_id, about=about, content=content, issued_on=on, language=language,
        corrects=corrects, reason=reason.strip(), issued_by_name=by.user_name,
        number=next_number(by=by, centre=centre, code=version.format.series, year=on.year),
    )  # fmt: skip
    sheet = typeset(version.template, printed(document))
    document.pages, document.size = sheet.pages, len(sheet.pdf)
    document.sha256 = hashlib.sha256(sheet.pdf).hexdigest()
    with _stored(document, sheet.pdf):
        document.save(force_insert=True)
        changes = {
            "number": document.number, "format": code, "version": version.number,
            "sha256": document.sha256, "corrects": corrects.number if corrects else None,
        }  # fmt: skip
        record(
            by=by, action="quality.document_issued", object_type=subject_type, object_id=subject_id,
            changes=changes,
        )  # fmt: skip
    return document


@contextmanager
def _stored(document: Document, pdf: bytes) -> Iterator[None]:
    """The file is written; taken away again when what follows fails."""
    name = f"{document.centre.code}-{document.number}.pdf"
    try:
        document.stored.save(name, ContentFile(pdf), save=False)
    except OSError as error:
        raise RuleBroken(
            "The document could not be kept: the disk is full or cannot be written. "
            "No number was given; try again when there is room."
        ) from error
    try:
        yield
    except BaseException:
        document.stored.delete(save=False)
        raise


def _check_addendum(
    corrects: Document | None, reason: str, subject: tuple[int, str, int, int]
) -> None:
    """An addendum says why, and is of the same format and subject as what it corrects."""
    if corrects is None:
        return
    if not reason.strip():
        raise RuleBroken("Say what was wrong.", field="reason")
    same = (
        corrects.centre_id,
        corrects.subject_type,
        corrects.subject_id,
        corrects.version.format_id,
    )
    if same != subject or corrects.erased_at:
        raise RuleBroken("An addendum corrects a document of the same kind about the same subject.")
