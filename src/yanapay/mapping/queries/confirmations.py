"""The yearly question: its link, the open ones, the answers that wait for a reviewer."""

from django.db.models import F, Q, QuerySet
from django.utils.crypto import salted_hmac

from yanapay.centres.rules import Scope
from yanapay.mapping.choices import Answer, EntryState
from yanapay.mapping.models import Confirmation
from yanapay.mapping.rules.codes import LENGTH, LETTERS, digest


def code_of(confirmation: Confirmation) -> str:
    """The secret of its link, made again from the key of the installation whenever staff wants to send it."""
    asked = f"{confirmation.entry_id} {confirmation.asked_on.isoformat()}"
    seed = int(salted_hmac("mapping.confirmation", asked).hexdigest(), 16)
    letters = []
    for _ in range(LENGTH):
        seed, at = divmod(seed, len(LETTERS))
        letters.append(LETTERS[at])
    return "".join(letters)


def asked_with(code: str) -> Confirmation | None:
    """The question that a link belongs to."""
    found = Confirmation.objects.filter(digest=digest(code))
    return found.select_related("entry__organisation__centre", "entry__area").first()


def visible_confirmations(scope: Scope) -> "QuerySet[Confirmation]":
    """Those about the entries of the centres where the user reviews."""
    centres = scope.centres_with("surveys.review")
    found = Confirmation.objects.select_related("entry__organisation", "entry__area")
    return found if centres is None else found.filter(entry__organisation__centre__in=centres)


def unanswered(scope: Scope) -> "QuerySet[Confirmation]":
    """Questions to send, or sent and without an answer, the oldest first."""
    shown = visible_confirmations(scope).filter(entry__state=EntryState.PUBLISHED, answer="")
    return shown.order_by("asked_on", "pk")


def to_follow_up(scope: Scope) -> "QuerySet[Confirmation]":
    """Answers that say something changed or closed, until the entry is approved again or taken down."""
    told = visible_confirmations(scope).filter(answer__in=[Answer.CHANGED, Answer.CLOSED])
    since = Q(entry__approved_on__lt=F("answered_on")) | Q(entry__approved_on=None)
    return told.filter(since, entry__state=EntryState.PUBLISHED).order_by("answered_on", "pk")
