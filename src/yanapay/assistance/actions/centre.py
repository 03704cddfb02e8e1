"""The accounts of a centre: rates by date, costs and income that are noted, and voided with a reason."""

from datetime import date

from django.db import transaction

from yanapay.assistance.choices import EntryKind
from yanapay.assistance.models import Case, CentreEntry, CostRate
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money

MOST_OVERHEAD = 200


@transaction.atomic
def set_rate(
    *,
    by: Actor,
    centre: Centre,
    since: date,
    staff_hour: Money,
    visit_travel: Money,
    overhead_percent: int,
) -> CostRate:
    """What an hour and a visit cost from a day on; a rate of the same day is replaced."""
    for name, amount in (("staff_hour", staff_hour), ("visit_travel", visit_travel)):
        _in_currency(centre, amount, name)
        if amount.amount_minor < 0:
            raise RuleBroken("A cost cannot be below zero.", field=name)
    if not 0 <= overhead_percent <= MOST_OVERHEAD:
        raise RuleBroken(
            "Overhead is from 0 to {most} %.", field="overhead_percent", most=MOST_OVERHEAD
        )
    rate, _ = CostRate.objects.update_or_create(
        centre=centre, since=since,
        defaults={"staff_hour": staff_hour.amount_minor, "visit_travel": visit_travel.amount_minor,
                  "overhead_percent": overhead_percent, "currency": centre.currency},
    )  # fmt: skip
    told = {"since": since.isoformat(), "staff_hour": rate.staff_hour, "visit_travel": rate.visit_travel,
            "overhead_percent": overhead_percent}  # fmt: skip
    record(
        by=by, action="assistance.rate_set", object_type="centre", object_id=centre.pk, changes=told
    )
    return rate


@transaction.atomic
def note_entry(
    *,
    by: Actor,
    centre: Centre,
    on: date,
    kind: str,
    amount: Money,
    note: str = "",
    case: Case | None = None,
) -> CentreEntry:
    """A cost or an income, in the currency of the centre; of one of its cases or of none."""
    _in_currency(centre, amount, "amount")
    if amount.amount_minor <= 0:
        raise RuleBroken("Write an amount above zero. What was wrong is voided.", field="amount")
    if kind not in EntryKind.values:
        raise RuleBroken("Choose what kind of cost or income it is.", field="kind")
    if case is not None and case.centre_id != centre.pk:
        raise RuleBroken("This case belongs to another centre.", field="case")
    entry = CentreEntry.objects.create(
        centre=centre, case=case, on=on, kind=kind, amount=amount.amount_minor, currency=amount.currency,
        note=note.strip(), noted_by_name=by.user_name,
    )  # fmt: skip
    told = {"kind": kind, "on": on.isoformat(), "amount": entry.amount, "currency": entry.currency,
            "case": case.number if case else ""}  # fmt: skip
    _record(by, "assistance.entry_noted", entry, told)
    return entry


@transaction.atomic
def void_entry(*, by: Actor, entry: CentreEntry, on: date, reason: str) -> CentreEntry:
    """An entry that was wrong no longer counts; it stays readable, with the reason."""
    current = CentreEntry.objects.select_for_update().get(pk=entry.pk)
    if current.voided_on:
        raise RuleBroken("This entry is voided already.")
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    current.voided_on, current.void_reason = on, reason.strip()
    current.save(update_fields=["voided_on", "void_reason"])
    _record(
        by, "assistance.entry_voided", current, {"amount": current.amount, "on": on.isoformat()}
    )
    return current


def _in_currency(centre: Centre, amount: Money, field: str) -> None:
    """Amounts in two currencies are never added, so a second one is not let in."""
    if amount.currency != centre.currency:
        raise RuleBroken(
            "{centre} keeps its accounts in {kept}. Convert the amount and note it in {kept}.",
            field=field, centre=centre.name, kept=centre.currency,
        )  # fmt: skip


def _record(by: Actor, action: str, entry: CentreEntry, changes: dict[str, object]) -> None:
    record(by=by, action=action, object_type="centre_entry", object_id=entry.pk, changes=changes)
