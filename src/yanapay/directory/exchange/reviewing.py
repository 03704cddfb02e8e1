"""Conflicts: a person decides whether the file or the record is right."""

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.choices import RequestState
from yanapay.directory.exchange.applying import adopt, apply
from yanapay.directory.models import Conflict, Organisation
from yanapay.directory.rules.personal import ORGANISATION as PERSONAL
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def accept_conflict(*, by: Actor, conflict: Conflict) -> Conflict:
    """Take what the file says; the record changes as an import would have changed it."""
    one = _pending(conflict)
    organisation = Organisation.objects.select_for_update().get(pk=one.organisation_id)
    if organisation.centre_id != one.batch.centre_id:
        raise RuleBroken("The record belongs to another centre: ask for sharing.")
    after = {name: value for name, value in one.proposed.items() if not name.startswith("_")}
    entry = {
        "organisation": organisation.pk, "version": organisation.version, "row_no": one.row_no,
        "before": one.current, "after": after, "said": one.proposed["_said"],
    }  # fmt: skip
    apply(one.batch, [entry])
    return _decide(by, one, RequestState.ACCEPTED)


@transaction.atomic
def refuse_conflict(*, by: Actor, conflict: Conflict) -> Conflict:
    """Leave the record as it is; the same row is no news at the next import."""
    one = _pending(conflict)
    if one.organisation.centre_id == one.batch.centre_id:
        adopt(one.organisation_id, one.batch, one.proposed["_said"])
    return _decide(by, one, RequestState.REFUSED)


def _pending(conflict: Conflict) -> Conflict:
    one = (
        Conflict.objects.select_for_update()
        .select_related("batch", "organisation")
        .get(pk=conflict.pk)
    )
    if one.state != RequestState.PENDING:
        raise RuleBroken("Somebody has already decided about this row.")
    return one


def _decide(by: Actor, one: Conflict, state: RequestState) -> Conflict:
    one.state, one.decided_by_id, one.decided_at = state, by.user_id, timezone.now()
    one.save(update_fields=["state", "decided_by", "decided_at"])
    fields = sorted(
        name for name in one.proposed if not name.startswith("_") and name not in PERSONAL
    )
    record(by=by, action=f"directory.conflict_{state}", object_type="organisation",
           object_id=one.organisation_id, changes={"import": one.batch_id, "fields": fields})  # fmt: skip
    return one
