"""Files shared between centres: asked for, granted or refused, ended."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from yanapay.accounts.models import User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.directory.choices import RequestState
from yanapay.directory.models import Organisation, Share, SharingRequest
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def ask_for_sharing(
    *, by: Actor, organisation: Organisation, centre: Centre, asked_by: User, purpose: str
) -> SharingRequest:
    """Ask the centre that holds the file to share it; one open question per centre."""
    if organisation.centre_id == centre.pk:
        raise RuleBroken("This organisation is already a client of your centre.")
    if not purpose.strip():
        raise RuleBroken("Say what the file is needed for.", field="purpose")
    request, created = SharingRequest.objects.get_or_create(
        organisation=organisation, centre=centre, state=RequestState.PENDING,
        defaults={"asked_by": asked_by, "purpose": purpose},
    )  # fmt: skip
    if created:
        _record(by, "directory.sharing_asked", request)
    return request


@transaction.atomic
def answer_sharing(
    *,
    by: Actor,
    request: SharingRequest,
    accept: bool,
    on: date,
    decided_by: User,
    answer: str = "",
) -> SharingRequest:
    """Grant or refuse. Granting opens the file to the asking centre until the share ends."""
    request = SharingRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != RequestState.PENDING:
        raise RuleBroken("This request was already answered.")
    request.state = RequestState.ACCEPTED if accept else RequestState.REFUSED
    request.answer, request.decided_by, request.decided_at = answer, decided_by, timezone.now()
    request.save()
    if accept:
        Share.objects.get_or_create(
            organisation=request.organisation,
            centre=request.centre,
            until=None,
            defaults={"since": on},
        )
    _record(by, "directory.sharing_answered", request)
    return request


@transaction.atomic
def end_share(*, by: Actor, share: Share, on: date) -> Share:
    """The other centre no longer opens the file."""
    if share.until:
        return share
    if on < share.since:
        raise RuleBroken("The end lies before the beginning.", field="until")
    share.until = on
    share.save(update_fields=["until"])
    record(by=by, action="directory.share_ended", object_type="organisation",
           object_id=share.organisation_id, changes={"centre": share.centre_id})  # fmt: skip
    return share


def _record(by: Actor, action: str, request: SharingRequest) -> None:
    record(by=by, action=action, object_type="organisation", object_id=request.organisation_id,
           changes={"centre": request.centre_id, "state": request.state})  # fmt: skip
