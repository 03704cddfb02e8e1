"""Handing out addresses to telephones, and taking them back."""

from datetime import date

from django.db import transaction

from yanapay.accounts.actions import create_token, revoke_token
from yanapay.accounts.choices import Permission, TokenScope
from yanapay.accounts.models import User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.centres.queries import scope_of
from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.models import Device, Instrument


@transaction.atomic
def create_device(
    *, by: Actor, user: User, centre: Centre, raw: str, on: date, label: str = "",
    instrument: Instrument | None = None,
) -> Device:  # fmt: skip
    """An address with the key ``raw`` (``accounts.rules.draw_token``): it fetches forms and sends answers.

    Whoever holds it acts as the user, in this centre only, with one form if one is named.
    """
    if not scope_of(user, on).may(Permission.SURVEYS_SUBMIT, centre.pk):
        raise RuleBroken("{user} may not send answers in {centre}.", field="user",
                         user=user.get_full_name(), centre=centre.name)  # fmt: skip
    if instrument and instrument.centre_id not in (None, centre.pk):
        raise RuleBroken("This form belongs to another centre.", field="instrument")
    token = create_token(
        by=by, user=user, raw=raw, scopes=[TokenScope.FORMS_SUBMIT], name=label or "ODK"
    )
    device = Device(token=token, centre=centre, instrument=instrument, label=label)
    device.save()
    _record(by, "surveys.device_created", device, user)
    return device


@transaction.atomic
def revoke_device(*, by: Actor, device: Device) -> Device:
    """The address is refused from now on; what it sent stays."""
    if device.token.revoked_at is None:
        revoke_token(by=by, token=device.token)
        _record(by, "surveys.device_revoked", device, device.token.user)
    return device


def _record(by: Actor, action: str, device: Device, user: User) -> None:
    form = device.instrument.form_id if device.instrument else None
    changes = {"user": user.pk, "centre": device.centre_id, "form": form, "label": device.label}
    record(by=by, action=action, object_type="device", object_id=device.pk, changes=changes)
