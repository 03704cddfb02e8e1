"""Who may exist and sign in here."""

from django.conf import settings

from yanapay.accounts.models import User


def can_be_fictitious() -> bool:
    """Demo users exist only in an installation that says it is a demo (or a test)."""
    return settings.YANAPAY_MODE in ("demo", "test")


def can_sign_in(user: User) -> bool:
    """Active, and not a demo user who was carried into a real installation."""
    return user.is_active and (not user.is_fictitious or can_be_fictitious())
