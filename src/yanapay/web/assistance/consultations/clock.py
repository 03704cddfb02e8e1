"""The clock of a conversation: the server says when it began and reads it back from the form."""

from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from yanapay.assistance.rules.consultations import MOST_MINUTES, minutes_between

SALT = "consultation-clock"


def begun(now: datetime) -> str:
    """The moment, signed, for a hidden field: nobody makes a conversation shorter than it was."""
    return signing.dumps(now.isoformat(), salt=SALT)


def began(field: str) -> datetime | None:
    """The moment again; None for whatever we did not sign, or what lies longer back than is kept."""
    try:
        moment = datetime.fromisoformat(signing.loads(field, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    recent = timezone.now() - timedelta(minutes=MOST_MINUTES)
    return moment if moment > recent else None


def times(field: str, minutes: int | None, now: datetime) -> tuple[datetime, int]:
    """When it was asked and how long it took: the minutes that were typed, else those of the clock."""
    start = began(field)
    if minutes is None:
        minutes = minutes_between(start, now) if start else 0
    return start or now - timedelta(minutes=minutes), minutes
