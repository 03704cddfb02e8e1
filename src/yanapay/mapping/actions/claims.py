"""The people of an organisation take over its page: by a code from a letter, or with their own account."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.actions.proposals import propose
from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Claim, Entry, Proposal
from yanapay.mapping.queries.entries import shown_by
from yanapay.mapping.rules.codes import LENGTH, LETTERS, VALID, digest, written
from yanapay.mapping.rules.proposing import alike


@transaction.atomic
def issue_claim(*, by: Actor, entry: Entry, on: date) -> tuple[Claim, str]:
    """A new code for a letter to the organisation, shown this once; earlier ones of the entry end."""
    if entry.state == EntryState.UNPUBLISHED:
        raise RuleBroken("This entry is not shown. Show it again before you write to its people.")
    entry.claims.filter(used_at=None).delete()
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    claim = Claim.objects.create(
        entry=entry, digest=digest(code), issued_by_name=by.user_name, expires_on=on + VALID
    )
    record(by=by, action="mapping.claim_issued", object_type="organisation",
           object_id=entry.organisation_id, changes={"claim": claim.pk})  # fmt: skip
    return claim, written(code)


@transaction.atomic
def propose_as_owner(
    *, by: Actor, entry: Entry, told: Mapping[str, Any], source: str, on: date, consents: Iterable[str] = (),
    claim: Claim | None = None,
) -> Proposal:  # fmt: skip
    """Their changes wait for a reviewer; what says the same as the page is left out."""
    shown, given = shown_by(entry), sorted(consents)
    news = {f: v for f, v in told.items() if not alike(f, shown.get(f, ""), v)}
    news = {f: v for f, v in news.items() if v not in ("", None, []) or f in shown}
    if not news and not given:
        raise RuleBroken("Nothing was changed: the page says this already.")
    proposal = propose(
        by=by, centre=entry.organisation.centre, organisation=entry.organisation, source=source,
        proposed=news or {"name": shown["name"]}, consents=given, on=on,
    )  # fmt: skip
    if claim and not claim.used_at:
        claim.used_at = timezone.now()
        claim.save(update_fields=["used_at"])
    return proposal
