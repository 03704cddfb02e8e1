"""Codes of letters: which entry one belongs to."""

from datetime import date

from django.db import models

from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Claim, Entry
from yanapay.mapping.rules.codes import digest


def claim_with(code: str, on: date) -> Claim:
    """The claim of a code that still holds; RuleBroken tells nothing of why another does not."""
    found = valid_claims(on).filter(digest=digest(code)).first()
    if found is None:
        raise RuleBroken(
            "This code is not known, or no longer holds. Ask for a new one.", field="code"
        )
    return found


def valid_claims(on: date) -> "models.QuerySet[Claim]":
    """Those whose days have not passed, of entries that are shown."""
    shown = Claim.objects.exclude(entry__state=EntryState.UNPUBLISHED).filter(expires_on__gte=on)
    return shown.select_related("entry__organisation__centre", "entry__area")


def entries_of_account(user_id: int) -> "models.QuerySet[Entry]":
    """The public entries of organisations in which the person of an entrepreneur's account has a role now."""
    roles = {
        "organisation__people__person__account__user": user_id,
        "organisation__people__until": None,
    }
    return Entry.objects.public().filter(**roles).select_related("organisation__centre").distinct()
