"""Cases offered to other centres."""

from django.db.models import Q, QuerySet

from yanapay.assistance.choices import RequestState
from yanapay.assistance.models import CaseTransfer
from yanapay.centres.rules import Scope
from yanapay.directory.choices import ConsentPurpose
from yanapay.directory.models import Consent, Organisation
from yanapay.kernel.errors import NotFound


def transfers_to_answer(scope: Scope) -> QuerySet[CaseTransfer]:
    """What other centres offer to the centres where the user assigns work, oldest first."""
    return _pending().filter(_in(scope, "target")).order_by("asked_on", "pk")


def transfers_asked(scope: Scope) -> QuerySet[CaseTransfer]:
    """What the user's centres offered to others, newest first."""
    return _told().filter(_in(scope, "source")).order_by("-asked_on", "-pk")


def open_transfer(scope: Scope, pk: int) -> CaseTransfer:
    """The offer, if the user may answer it; else NotFound."""
    found = transfers_to_answer(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such offer, or it was answered already.")
    return found


def agreed_to_sharing(organisation: Organisation) -> bool:
    """Whether the enterprise agreed that other centres read its file."""
    agreed = Consent.objects.in_force().filter(purpose=ConsentPurpose.SHARING)
    return agreed.filter(organisation=organisation).exists()


def _told() -> "QuerySet[CaseTransfer]":
    return CaseTransfer.objects.select_related("case__organisation__area", "source", "target")


def _pending() -> "QuerySet[CaseTransfer]":
    return _told().filter(state=RequestState.PENDING)


def _in(scope: Scope, end: str) -> Q:
    centres = scope.centres_with("assistance.assign")
    return Q() if centres is None else Q(**{f"{end}__in": centres})
