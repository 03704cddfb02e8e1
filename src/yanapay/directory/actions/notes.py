"""Notes and files about organisations and people. Private to the centre; gone with an erasure."""

import hashlib

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.models import FileRecord, Note, Organisation, Person
from yanapay.directory.rules.files import ALLOWED, check_file
from yanapay.kernel.errors import RuleBroken

__all__ = ["ALLOWED", "add_file", "remove_file", "write_note"]


@transaction.atomic
def write_note(*, by: Actor, about: Organisation | Person, text: str) -> Note:
    """Write a note. Its text is personal: the audit trail keeps only that it was written."""
    if not text.strip():
        raise RuleBroken("Write something first.", field="text")
    note = Note.objects.create(
        organisation=about if isinstance(about, Organisation) else None,
        person=about if isinstance(about, Person) else None,
        text=text, author_id=by.user_id, author_name=by.user_name,
    )  # fmt: skip
    _record(by, "directory.note_written", about, note.pk)
    return note


@transaction.atomic
def add_file(
    *, by: Actor, about: Organisation | Person, name: str, content_type: str, content: "File[bytes]"
) -> FileRecord:
    """Keep a file of an allowed type and size; the same bytes are not kept twice for one subject."""
    check_file(name, content_type, content.size, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    digest = hashlib.file_digest(content.open("rb"), "sha256").hexdigest()
    if same := about.files.filter(sha256=digest).first():
        return same
    content.seek(0)
    kept = FileRecord(
        organisation=about if isinstance(about, Organisation) else None,
        person=about if isinstance(about, Person) else None,
        name=name, content_type=content_type, size=content.size, sha256=digest, author_name=by.user_name,
    )  # fmt: skip
    suffix = ALLOWED[content_type].split()[0]
    kept.stored.save(f"{digest[:16]}{suffix}", content, save=False)
    kept.save()
    _record(by, "directory.file_added", about, kept.pk)
    return kept


@transaction.atomic
def remove_file(*, by: Actor, file: FileRecord, reason: str) -> None:
    """Remove a file and its bytes; the bytes go only when the transaction holds."""
    about = file.organisation or file.person
    stored, pk = file.stored, file.pk
    file.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
    if about is not None:
        _record(by, "directory.file_removed", about, pk, reason)


def _record(
    by: Actor, action: str, about: Organisation | Person, pk: int, reason: str = ""
) -> None:
    kind = "organisation" if isinstance(about, Organisation) else "person"
    record(
        by=by,
        action=action,
        object_type=kind,
        object_id=about.pk,
        changes={"id": pk},
        reason=reason,
    )
