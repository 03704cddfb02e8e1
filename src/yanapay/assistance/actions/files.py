"""Photos, scans and reports of a case."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from yanapay.assistance.models import Case, CaseFile, Milestone, Visit
from yanapay.assistance.queries.cases import standing
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.rules.files import ALLOWED, check_file
from yanapay.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    content_type: str
    content: "File[bytes]"


@transaction.atomic
def add_case_file(
    *, by: Actor, case: Case, upload: Upload, visit: Visit | None = None, milestone: Milestone | None = None
) -> CaseFile:  # fmt: skip
    """Keep a file of an allowed type and size; the same bytes are not kept twice in one case."""
    case = standing(case)
    name, content = Path(upload.name).name[-255:], upload.content
    check_file(name, upload.content_type, content.size, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    digest = hashlib.file_digest(content.open("rb"), "sha256").hexdigest()
    if same := case.files.filter(sha256=digest, visit=visit, milestone=milestone).first():
        return same
    content.seek(0)
    kept = CaseFile(
        case=case, visit=visit, milestone=milestone, name=name, content_type=upload.content_type,
        size=content.size, sha256=digest, author_name=by.user_name,
    )  # fmt: skip
    kept.stored.save(f"{digest[:16]}{ALLOWED[upload.content_type].split()[0]}", content, save=False)
    kept.save()
    _record(by, "assistance.file_added", kept)
    return kept


@transaction.atomic
def remove_case_file(*, by: Actor, file: CaseFile, reason: str) -> None:
    """Remove a file and its bytes; the bytes go only when the transaction holds."""
    standing(file.case)
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    stored = file.stored
    _record(by, "assistance.file_removed", file, reason)
    file.delete()
    transaction.on_commit(lambda: stored.delete(save=False))


def _record(by: Actor, action: str, file: CaseFile, reason: str = "") -> None:
    record(by=by, action=action, object_type="case", object_id=file.case_id,
           changes={"file": file.pk, "visit": file.visit_id, "milestone": file.milestone_id},
           reason=reason)  # fmt: skip
