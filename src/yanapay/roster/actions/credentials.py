"""Papers that specialists show, and who looked at them."""

import hashlib
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.rules.files import check_file
from yanapay.kernel.errors import RuleBroken
from yanapay.roster.models import Credential, Requirement, Specialist
from yanapay.roster.queries.specialists import locked
from yanapay.roster.rules.accreditation import last_good_day


@transaction.atomic
def add_credential(
    *, by: Actor, specialist: Specialist, requirement: Requirement, obtained_on: date, evidence: str,
    expires_on: date | None = None, file: "File[bytes] | None" = None, content_type: str = "",
) -> Credential:  # fmt: skip
    """Note a paper that was shown and looked at, with its scan if there is one.

    Without ``expires_on`` it ends when the requirement says; a scan of it goes with it.
    """
    specialist = locked(specialist)
    _check(specialist, requirement, obtained_on, evidence, expires_on)
    credential = Credential(
        specialist=specialist, requirement=requirement, obtained_on=obtained_on, evidence=evidence.strip(),
        expires_on=expires_on or last_good_day(obtained_on, requirement.valid_months),
        checked_by_name=by.user_name,
    )  # fmt: skip
    if file is not None:
        _keep(credential, file, content_type)
    credential.save()
    _record(by, "roster.credential_added", credential)
    return credential


@transaction.atomic
def remove_credential(*, by: Actor, credential: Credential, reason: str) -> None:
    """Take back a paper that was noted by mistake; its scan goes when the transaction holds."""
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    stored = credential.stored
    _record(by, "roster.credential_removed", credential, reason)
    credential.delete()
    if stored:
        transaction.on_commit(lambda: stored.delete(save=False))


def _check(
    specialist: Specialist, requirement: Requirement, obtained_on: date, evidence: str,
    expires_on: date | None,
) -> None:  # fmt: skip
    if requirement.kind != specialist.kind:
        raise RuleBroken("This is asked of others, not of them.", field="requirement")
    if not evidence.strip():
        raise RuleBroken(
            "Say what was shown: a diploma, a certificate, a printout.", field="evidence"
        )
    if expires_on and expires_on < obtained_on:
        raise RuleBroken("The end lies before the beginning.", field="expires_on")


def _keep(credential: Credential, file: "File[bytes]", content_type: str) -> None:
    name = Path(file.name or "").name
    check_file(name, content_type, file.size, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    digest = hashlib.file_digest(file.open("rb"), "sha256").hexdigest()
    file.seek(0)
    credential.file_name = name[-255:]
    credential.stored.save(f"{digest[:16]}{Path(name).suffix.lower()}", file, save=False)


def _record(by: Actor, action: str, credential: Credential, reason: str = "") -> None:
    record(
        by=by, action=action, object_type="specialist", object_id=credential.specialist_id, reason=reason,
        changes={"requirement": credential.requirement.code, "expires_on": credential.expires_on},
    )  # fmt: skip
