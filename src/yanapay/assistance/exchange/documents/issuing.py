"""From a record to a draft or an issued document, worded in the language asked for."""

from datetime import date

from django.db import transaction
from django.utils import translation

from yanapay.assistance.exchange.documents import transfer_act
from yanapay.assistance.exchange.documents.kinds import Printable
from yanapay.assistance.models import Case, ServiceTransfer
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.quality.actions.documents import issue_document
from yanapay.quality.models import Document
from yanapay.quality.queries.documents import version_in_force

CASE, TRANSFER, ACT = "case", "service_transfer", "F-CEN-01"


def draft_of(case: Case, printable: Printable, *, on: date, language: str) -> Document:
    """The document as it would be issued, without number and not kept: for ``preview``."""
    with translation.override(language):
        return Document(
            centre=case.centre, version=version_in_force(printable.kind.code, on),
            title=_title(case, printable), content=printable.kind.build(printable.record),
            issued_on=on, language=language,
        )  # fmt: skip


@transaction.atomic
def issue(
    *, by: Actor, case: Case, printable: Printable, on: date, language: str,
    corrects: Document | None = None, reason: str = "",
) -> Document:  # fmt: skip
    """Issue a document of a case as it stands now. ``corrects`` makes it an addendum, with its reason."""
    if not printable.may_issue:
        raise RuleBroken("This can be looked at, but not issued yet: it is not complete.")
    if corrects is None and issued(case, printable):
        raise RuleBroken("This was issued already. Issue an addendum and say what it corrects.")
    if on < case.opened_on:
        raise RuleBroken("This is before the day on which the case was opened.", field="on")
    draft = draft_of(case, printable, on=on, language=language)
    return issue_document(
        by=by, centre=case.centre, code=printable.kind.code, subject_type=CASE, subject_id=case.pk,
        about=printable.about, title=draft.title, content=draft.content, on=on, language=language,
        corrects=corrects, reason=reason,
    )  # fmt: skip


def issued(case: Case, printable: Printable) -> Document | None:
    """The last document of this kind and part that was issued; an addendum corrects that one."""
    found = Document.objects.about(CASE, case.pk).filter(
        about=printable.about, version__format__code=printable.kind.code, erased_at=None
    )
    return found.order_by("pk").last()


def transfer_draft(transfer: ServiceTransfer, *, on: date, language: str) -> Document:
    """The act of a transfer of service, not issued."""
    with translation.override(language):
        version = version_in_force(ACT, on)
        return Document(
            centre=transfer.centre, version=version, content=transfer_act.build(transfer),
            title=f"{version.format} · {transfer.centre.name}", issued_on=on, language=language,
        )  # fmt: skip


@transaction.atomic
def issue_act(
    *, by: Actor, transfer: ServiceTransfer, on: date, language: str,
    corrects: Document | None = None, reason: str = "",
) -> Document:  # fmt: skip
    """Issue the act of a transfer of service."""
    draft = transfer_draft(transfer, on=on, language=language)
    return issue_document(
        by=by, centre=transfer.centre, code=ACT, subject_type=TRANSFER, subject_id=transfer.pk,
        title=draft.title, content=draft.content, on=on, language=language, corrects=corrects,
        reason=reason,
    )  # fmt: skip


def _title(case: Case, printable: Printable) -> str:
    return f"{printable.label} · {case.number} · {case.organisation.name}"
