"""Who may fill in, send, see and review. Each docstring is the policy."""

from dataclasses import dataclass

from yanapay.accounts.choices import Permission
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.surveys.models import Device, Instrument, Submission


@dataclass(frozen=True)
class Sender:
    """Who sends an answer: what they may do today, by which device, for which centre (where they choose)."""

    scope: Scope
    device: Device | None = None
    centre_id: int | None = None

    def centre_for(self, instrument: Instrument) -> int | None:
        """The centre of the answer: the device's, the form's, the chosen one, else the sender's first."""
        if self.device:
            return self.device.centre_id
        if instrument.centre_id or self.centre_id:
            return instrument.centre_id or self.centre_id
        held = self.scope.centres_with(Permission.SURVEYS_SUBMIT)
        if held is None:
            return (
                Centre.objects.filter(is_active=True)
                .values_list("pk", flat=True)
                .order_by("pk")
                .first()
            )
        return min(held, default=None)


def can_send(sender: Sender, instrument: Instrument) -> bool:
    """With surveys.submit in the centre of the answer; a device its own form, a centre's form only there."""
    centre = sender.centre_for(instrument)
    if centre is None or instrument.centre_id not in (None, centre):
        return False
    device = sender.device
    return sender.scope.may(Permission.SURVEYS_SUBMIT, centre) and (
        device is None or device.instrument_id in (None, instrument.pk)
    )


def can_replace(sender: Sender, submission: Submission) -> bool:
    """Whoever sent an answer edits it; so does whoever reviews in its centre."""
    own = submission.user_id is not None and submission.user_id == sender.scope.user_id
    return own or can_review(sender.scope, submission)


def can_review(scope: Scope, submission: Submission) -> bool:
    """Reviewing, commenting and marking issues: surveys.review in the centre of the answer."""
    return scope.may(Permission.SURVEYS_REVIEW, submission.centre_id)


def can_manage_device(scope: Scope, device: Device) -> bool:
    """Devices are handed out and taken back by whoever manages the forms of the centre."""
    return scope.may(Permission.SURVEYS_MANAGE, device.centre_id)


def can_manage_instrument(scope: Scope, instrument: Instrument) -> bool:
    """Whoever manages forms in its centre; a form of all centres only whoever manages forms everywhere."""
    if instrument.centre_id is None:
        return scope.centres_with("surveys.manage") is None
    return scope.may("surveys.manage", instrument.centre_id)


def can_code(scope: Scope, submission: Submission) -> bool:
    """Whoever reads the answers of the centre may code their words, each blind to the others."""
    return scope.may(Permission.SURVEYS_VIEW, submission.centre_id)
