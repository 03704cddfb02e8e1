"""Taking an answer in. What was answered 201 or 202 is on disk and stays, byte for byte.

One handler for telephones (``api.openrosa``) and for our own page. It may be called again with the same
answer, in parts and at the same time: an answer is known by its form and instanceID.
"""

import errno
import hashlib
import threading
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.core.files.base import File
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_noop

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base.kept import read
from yanapay.kernel.errors import EditConflict, NotAllowed, NotFound, RuleBroken, YanapayError
from yanapay.kernel.messages import Message
from yanapay.surveys.access import Sender, can_replace, can_send
from yanapay.surveys.choices import FormState
from yanapay.surveys.models import Attachment, Submission, Version
from yanapay.surveys.queries.files import SHELF
from yanapay.surveys.queries.forms import media_questions, published_version
from yanapay.surveys.rules.envelope import Envelope, file_name, open_envelope

CREATED, ACCEPTED, FULL = 201, 202, 507
_STATUS: dict[type[YanapayError], int] = {
    RuleBroken: 400, NotAllowed: 403, NotFound: 404, EditConflict: 409,
}  # fmt: skip
_CLOSED = gettext_noop(
    "This form is closed. Keep the answer on the device and tell your office: it can let late answers in."
)
_SAME = "SELECT id, sha256, erased_at FROM surveys_submission WHERE instrument_id = %s AND instance_id = %s"
_ONE_WRITER = threading.Lock()
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Receipt:
    """The answer to the sender: a status of HTTP, a sentence, and what is stored (if anything is)."""

    status: int
    message: Message
    submission: Submission | None = None


@dataclass(frozen=True)
class _Arrival:
    """An answer that may come in, its files already on disk."""

    by: Actor
    who: Sender
    centre_id: int
    version: Version
    envelope: Envelope
    xml: bytes
    sha256: str
    files: tuple[Attachment, ...]
    incomplete: bool

    @property
    def thanks(self) -> Message:
        if self.incomplete:
            return Message("The first part of the answer arrived; more is to come.")
        return Message("Thank you: the answer arrived.")


def receive(
    *, by: Actor, who: Sender, xml: bytes, files: Mapping[str, "File[bytes]"], incomplete: bool = False
) -> Receipt:  # fmt: skip
    """Take an answer, or part of its files, and say what became of it; never raises for what a client sends.

    The bytes of the files are on disk before the transaction begins, so that the database is locked for a
    moment only; a file whose answer is then refused belongs to nobody and is swept away later.
    """
    try:
        arrival = _arrive(by, who, xml, files, incomplete)
        with _in_turn():
            try:
                return _settle(arrival)
            except (
                IntegrityError
            ):  # the same answer came twice at once: the other one is stored by now
                return _settle(arrival)
    except YanapayError as refusal:
        return Receipt(_STATUS[type(refusal)], refusal.message)
    except OSError as error:
        if error.errno not in _NO_SPACE:
            raise
        return Receipt(
            FULL, Message("The server has no room left. Keep the answer and tell your office.")
        )


def _arrive(
    by: Actor, who: Sender, xml: bytes, files: Mapping[str, "File[bytes]"], incomplete: bool  # noqa: FBT001
) -> _Arrival:  # fmt: skip
    envelope = open_envelope(xml)
    version = published_version(envelope.form_id, envelope.version)
    centre = who.centre_for(version.instrument)
    if centre is None or not can_send(who, version.instrument):
        raise NotAllowed("You may not send answers to this form.")
    digest = hashlib.sha256(xml).hexdigest()
    if version.instrument.state == FormState.CLOSED and not _known(version, envelope):
        raise EditConflict(_CLOSED)
    named = {file_name(path): file for path, file in files.items()}
    kept = tuple(_keep(name, file) for name, file in named.items() if envelope.mentions(name))
    return _Arrival(by, who, centre, version, envelope, xml, digest, kept, incomplete)


def _keep(name: str, file: "File[bytes]") -> Attachment:
    """A file whose bytes are on disk; it belongs to no answer yet."""
    stated = str(getattr(file, "content_type", "") or "application/octet-stream")
    sha256 = SHELF.keep(file)
    return Attachment(name=name, content_type=stated[:100], size=file.size, sha256=sha256)


def _in_turn() -> AbstractContextManager[object]:
    """SQLite has one writer, and whoever waits for it sleeps ever longer: our threads stand in line."""
    return _ONE_WRITER if connection.vendor == "sqlite" else nullcontext()


@transaction.atomic
def _settle(arrival: _Arrival) -> Receipt:
    """New, an edit, a duplicate, or more files: decided while nobody else can change the answer."""
    if found := _known(arrival.version, arrival.envelope):
        _check_same(found, arrival.sha256)
        return _add_to(found, arrival)
    if arrival.version.instrument.state == FormState.CLOSED:
        raise EditConflict(_CLOSED)
    return Receipt(CREATED, arrival.thanks, _store(arrival, _replaced_by(arrival)))


def _known(version: Version, envelope: Envelope) -> Submission | None:
    """The answer of this name, locked, with what tells whether it is the same. Plain SQL: every answer asks."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    rows = read(_SAME + lock, version.instrument_id, envelope.instance_id)
    return Submission.from_db(None, ("id", "sha256", "erased_at"), rows[0]) if rows else None


def _check_same(found: Submission, sha256: str) -> None:
    if found.erased_at:
        raise EditConflict(
            "This answer was erased at the request of a person. It is not taken again."
        )
    if found.sha256 != sha256:
        raise EditConflict(
            "Another answer with the same instanceID arrived before. Nothing was changed."
        )


def _replaced_by(arrival: _Arrival) -> Submission | None:
    """The answer that this one edits, locked; it must be the last edit, and the sender's to change."""
    if not (deprecated := arrival.envelope.deprecated_id):
        return None
    replaced = (
        Submission.objects.select_for_update().defer("xml")
        .filter(instrument=arrival.version.instrument, instance_id=deprecated).first()
    )  # fmt: skip
    if replaced is None:
        raise NotFound("The answer that this one corrects never arrived here.")
    if replaced.erased_at or not replaced.is_current:
        raise EditConflict("Somebody corrected this answer before. Open the last correction.")
    if not can_replace(arrival.who, replaced):
        raise NotAllowed("You may not correct this answer.")
    return replaced


def _store(arrival: _Arrival, replaced: Submission | None) -> Submission:
    """Keep a new answer; an edit takes the place of the one before it and inherits its files."""
    if replaced:
        replaced.is_current = False
        replaced.save(update_fields=["is_current"])
    envelope, version, scope = arrival.envelope, arrival.version, arrival.who.scope
    submission = Submission(
        instrument=version.instrument, version=version, xml=arrival.xml, sha256=arrival.sha256,
        centre_id=replaced.centre_id if replaced else arrival.centre_id,
        instance_id=envelope.instance_id, deprecated_id=envelope.deprecated_id,
        root_id=replaced.root_id if replaced else envelope.instance_id,
        expected=envelope.files(media_questions(version)), device=arrival.who.device,
        user_id=scope.user_id, user_name=scope.user_name,
    )  # fmt: skip
    submission.save(force_insert=True)
    _attach(submission, arrival.files)
    if replaced:
        _inherit(submission, replaced, arrival)
    return submission


def _add_to(submission: Submission, arrival: _Arrival) -> Receipt:
    """The answer is known: only files that it lacks are added; one with other bytes is refused."""
    known = dict(submission.attachments.values_list("name", "sha256"))
    if changed := [
        file.name for file in arrival.files if known.get(file.name, file.sha256) != file.sha256
    ]:
        raise EditConflict("The file {name} arrived before with another content.", name=changed[0])
    lacking = [file for file in arrival.files if file.name not in known]
    _attach(submission, lacking)
    if not lacking:
        return Receipt(ACCEPTED, Message("This answer had arrived already."), submission)
    return Receipt(CREATED, arrival.thanks, submission)


def _attach(submission: Submission, files: Iterable[Attachment]) -> None:
    """Copies of the rows, so that a second try finds them as they were."""
    Attachment.objects.bulk_create(
        Attachment(submission=submission, name=file.name, content_type=file.content_type,
                   size=file.size, sha256=file.sha256)
        for file in files
    )  # fmt: skip


def _inherit(submission: Submission, replaced: Submission, arrival: _Arrival) -> None:
    """Files that the edit still mentions and does not send again; a correction is an event of its own."""
    sent = {file.name for file in arrival.files}
    kept = replaced.attachments.exclude(name__in=sent)
    _attach(submission, (one for one in kept if arrival.envelope.mentions(one.name)))
    record(
        by=arrival.by, action="surveys.answer_corrected", object_type="submission",
        object_id=submission.pk, changes={"replaces": replaced.pk, "sha256": submission.sha256},
    )  # fmt: skip
