"""Consent given and withdrawn."""

from datetime import date

from django.db import transaction

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.base.following import announce
from yanapay.directory.models import Consent, Organisation, Person
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def give_consent(
    *,
    by: Actor,
    about: Organisation | Person,
    purpose: str,
    text_version: str,
    given_on: date,
    channel: str,
) -> Consent:
    """Note what was agreed to, in which words, when and how."""
    consent = Consent.objects.create(
        organisation=about if isinstance(about, Organisation) else None,
        person=about if isinstance(about, Person) else None,
        purpose=purpose, text_version=text_version, given_on=given_on, channel=channel,
        recorded_by=by.user_name,
    )  # fmt: skip
    _record(by, "directory.consent_given", consent, given_on)
    return consent


@transaction.atomic
def withdraw_consent(*, by: Actor, consent: Consent, on: date) -> Consent:
    """From that day on the purpose no longer holds; what was agreed before stays readable."""
    if consent.withdrawn_on:
        return consent
    if on < consent.given_on:
        raise RuleBroken("The withdrawal lies before the consent.", field="withdrawn_on")
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    _record(by, "directory.consent_withdrawn", consent, on)
    announce("consent_withdrawn", by=by, consent=consent)
    return consent


def _record(by: Actor, action: str, consent: Consent, on: date) -> None:
    kind, pk = (
        ("person", consent.person_id)
        if consent.person_id
        else ("organisation", consent.organisation_id)
    )
    record(by=by, action=action, object_type=kind, object_id=pk,
           changes={"purpose": consent.purpose, "on": on.isoformat()})  # fmt: skip
