"""Whose address this is, and which devices there are."""

from datetime import date, timedelta

from django.utils import timezone

from yanapay.accounts.choices import TokenScope
from yanapay.accounts.queries import authenticate_token
from yanapay.centres.queries import scope_of
from yanapay.surveys.access import Sender
from yanapay.surveys.models import Device

_SEEN_EVERY = timedelta(minutes=10)


def sender_with_token(raw: str, on: date, agent: str = "") -> Sender | None:
    """Who sends through the address with this token; None when nobody may."""
    token = authenticate_token(raw)
    if token is None or not token.may(TokenScope.FORMS_SUBMIT):
        return None
    device = Device.objects.filter(token=token).first()
    if device:
        _note_seen(device, agent)
    return Sender(scope_of(token.user, on), device)


def _note_seen(device: Device, agent: str) -> None:
    """Every ten minutes, like the use of its token."""
    now = timezone.now()
    if device.last_seen_at is None or now - device.last_seen_at > _SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(last_seen_at=now, last_agent=agent[:200])
