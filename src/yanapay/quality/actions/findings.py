"""Non-conformities: noted, being corrected, closed once somebody has checked that the correction worked."""

from datetime import date

from django.db import transaction

from yanapay.accounts.models import User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.kernel.changes import require_version
from yanapay.kernel.errors import RuleBroken
from yanapay.quality.actions.numbers import next_number
from yanapay.quality.choices import FindingState
from yanapay.quality.models import Document, Nonconformity

SERIES = "NC"


@transaction.atomic
def note_finding(
    *, by: Actor, centre: Centre, kind: str, found_on: date, description: str,
    document: Document | None = None,
) -> Nonconformity:  # fmt: skip
    """Note what was found not to follow the procedure; it gets the next number of the centre."""
    if not description.strip():
        raise RuleBroken("Say what was found.", field="description")
    finding = Nonconformity.objects.create(
        centre=centre, kind=kind, found_on=found_on, description=description.strip(), document=document,
        number=next_number(by=by, centre=centre, code=SERIES, year=found_on.year),
        found_by_name=by.user_name,
    )  # fmt: skip
    _record(by, "quality.finding_noted", finding)
    return finding


@transaction.atomic
def plan_correction(
    *, by: Actor, finding: Nonconformity, cause: str, correction: str, responsible: User,
    due_on: date, version: int | None = None,
) -> Nonconformity:  # fmt: skip
    """Cause, corrective action, who answers for it and until when. Another version raises EditConflict."""
    current = _standing(finding, version)
    for field, value in (("cause", cause), ("correction", correction)):
        if not value.strip():
            raise RuleBroken("Say what brought it about and what will be done.", field=field)
    if due_on < current.found_on:
        raise RuleBroken("This is before the day on which it was found.", field="due_on")
    current.cause, current.correction = cause.strip(), correction.strip()
    current.responsible, current.due_on = responsible, due_on
    current.state = FindingState.ACTING
    return _saved(by, "quality.finding_planned", current)


@transaction.atomic
def close_finding(
    *, by: Actor, finding: Nonconformity, on: date, verification: str, version: int | None = None
) -> Nonconformity:
    """Close it: somebody saw that the correction worked, and says how."""
    current = _standing(finding, version)
    if current.state != FindingState.ACTING:
        raise RuleBroken("Note cause, corrective action and who answers for it first.")
    if not verification.strip():
        raise RuleBroken("Say how it was checked.", field="verification")
    if on < current.found_on:
        raise RuleBroken("This is before the day on which it was found.", field="on")
    current.verification, current.closed_on = verification.strip(), on
    current.state = FindingState.CLOSED
    return _saved(by, "quality.finding_closed", current)


@transaction.atomic
def hand_over_findings(*, by: Actor, from_user_id: int, to_user_id: int) -> int:
    """Pass the open findings of a leaver to a colleague; how many."""
    theirs = Nonconformity.objects.standing().filter(responsible=from_user_id)
    keys = list(theirs.values_list("pk", flat=True))
    Nonconformity.objects.filter(pk__in=keys).update(responsible=to_user_id)
    if keys:
        record(by=by, action="quality.findings_handed_over", object_type="user", object_id=from_user_id,
               changes={"to": to_user_id, "count": len(keys)})  # fmt: skip
    return len(keys)


def _standing(finding: Nonconformity, version: int | None) -> Nonconformity:
    current = Nonconformity.objects.select_for_update().get(pk=finding.pk)
    if current.state == FindingState.CLOSED:
        raise RuleBroken("This finding is closed and can only be read. Note a new one.")
    require_version(version, current.version)
    return current


def _saved(by: Actor, action: str, finding: Nonconformity) -> Nonconformity:
    finding.version += 1
    finding.save()
    _record(by, action, finding)
    return finding


def _record(by: Actor, action: str, finding: Nonconformity) -> None:
    """What was written may name people: the trail keeps number and state."""
    changes = {"number": finding.number, "state": finding.state}
    record(by=by, action=action, object_type="nonconformity", object_id=finding.pk, changes=changes)
