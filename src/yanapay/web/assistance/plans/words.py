"""What a version changes, in words: "the line Travel: quantity 4 → 6"."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from yanapay.assistance.choices import BudgetKind, Direction, Payer
from yanapay.assistance.rules.plans import Change, Draft, LineRow, Row, changes
from yanapay.kernel.money import Money
from yanapay.web.assistance.amounts import scaled
from yanapay.web.templatetags.ui import money

KINDS: Mapping[str, str | Promise] = {
    "plan": _("Plan"), "action": _("Action"), "indicator": _("Indicator"), "line": _("Budget line"),
    "share": _("Share"),
}  # fmt: skip
FIELDS: Mapping[str, str | Promise] = {
    "objective": _("objective"), "currency": _("currency"), "starts_on": _("starts on"),
    "ends_on": _("ends on"), "valid_until": _("offer valid until"), "cost": _("cost"), "price": _("price"),
    "result": _("expected result"), "unit": _("unit"), "direction": _("direction"), "baseline": _("today"),
    "target": _("target"), "due_on": _("by"), "method": _("how it is measured"), "type": _("kind"),
    "quantity": _("quantity"), "unit_cost": _("unit cost"), "amount": _("amount"), "action": _("action"),
    "name": _("name"), "description": _("description"),
}  # fmt: skip
DIGITS = {"baseline": 3, "target": 3, "quantity": 2}
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "direction": dict(Direction.choices), "type": dict(BudgetKind.choices),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One line of the comparison; the names fit the table of edit conflicts too."""

    label: str
    before: str
    after: str

    @property
    def typed(self) -> str:
        return self.after

    @property
    def current(self) -> str:
        return self.before


def told(before: Draft, after: Draft) -> list[Told]:
    """Each thing that differs, both values in the reader's words."""
    return [_told(change) for change in changes(before, after)]


def _told(change: Change) -> Told:
    payer, dot, source = change.name.partition(" · ")
    name = (
        f"{dict(Payer.choices).get(payer, payer)}{dot}{source}"
        if change.kind == "share"
        else change.name
    )
    parts = (
        KINDS[change.kind] if change.kind != "plan" else "",
        name,
        FIELDS.get(change.field, ""),
    )
    label = " · ".join(str(part) for part in parts if part)
    return Told(
        label[:1].upper() + label[1:],
        _value(change.field, change.before),
        _value(change.field, change.after),
    )


def _value(field: str, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if field in DIGITS:
        return scaled(value, DIGITS[field])
    for kind, write in WRITERS:
        if isinstance(value, kind):
            return write(value)
    return str(CHOICES.get(field, {}).get(value, value))


def _money(value: Money) -> str:
    return money(value.amount_minor, value.currency)


WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Money, _money),
    (LineRow, lambda row: money(row.cost, row.unit_cost.currency)),
    (Row, lambda row: gettext("yes")),
    (date, date_format),
)
