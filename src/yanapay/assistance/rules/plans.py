"""A plan as plain values: what makes it ready to be offered, what a new version changes. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar

from yanapay.assistance.rules import budget
from yanapay.assistance.rules.budget import AMOUNT, PERCENT, REST, Asked
from yanapay.assistance.rules.founding import require_founded
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money


@dataclass(frozen=True)
class Row:
    """A row of a plan; ``label`` tells it from the others of its kind."""

    kind: ClassVar[str]
    named_by: ClassVar[str]

    @property
    def label(self) -> str:
        return str(getattr(self, self.named_by))


@dataclass(frozen=True)
class ActionRow(Row):
    kind: ClassVar[str] = "action"
    named_by: ClassVar[str] = "action"
    objective: str
    action: str
    result: str = ""
    cause: int | None = None


@dataclass(frozen=True)
class IndicatorRow(Row):
    """``baseline`` and ``target`` are thousandths of ``unit``."""

    kind: ClassVar[str] = "indicator"
    named_by: ClassVar[str] = "name"
    name: str
    unit: str
    direction: str = "up"
    baseline: int | None = None
    target: int | None = None
    due_on: date | None = None
    method: str = ""


@dataclass(frozen=True)
class LineRow(Row):
    """``quantity`` in hundredths."""

    kind: ClassVar[str] = "line"
    named_by: ClassVar[str] = "description"
    type: str
    description: str
    quantity: int
    unit_cost: Money
    unit: str = ""

    @property
    def cost(self) -> int:
        return budget.line_cost(self.quantity, self.unit_cost.amount_minor)


@dataclass(frozen=True)
class ShareRow(Row):
    """``by`` one of percent, amount, rest; ``percent`` in basis points."""

    kind: ClassVar[str] = "share"
    named_by: ClassVar[str] = "payer"
    payer: str
    by: str
    source: str = ""
    percent: int | None = None
    amount: Money | None = None

    @property
    def asked(self) -> Asked:
        if self.by == PERCENT:
            return Asked(PERCENT, self.percent or 0)
        if self.by == REST:
            return Asked(REST)
        return Asked(AMOUNT, self.amount.amount_minor if self.amount else 0)


@dataclass(frozen=True)
class Draft:
    """All that a version says. ``price`` holds when there is no ``markup`` (basis points on the cost)."""

    currency: str
    objective: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    valid_until: date | None = None
    markup: int | None = 0
    set_price: Money | None = None
    actions: tuple[ActionRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    shares: tuple[ShareRow, ...] = ()

    @property
    def cost(self) -> int:
        return sum(line.cost for line in self.lines)

    @property
    def price(self) -> int:
        if self.markup is not None:
            return budget.marked_up(self.cost, self.markup)
        return self.set_price.amount_minor if self.set_price else 0

    def amounts(self) -> list[int]:
        """What each share comes to, in their order; none while no share was written."""
        if not self.shares:
            return []
        return budget.split(self.price, [share.asked for share in self.shares], self.currency)


def check_draft(draft: Draft, founded: date | None) -> None:
    """Raise RuleBroken for what not even a draft may say."""
    budget.require_one_currency(draft.currency, _moneys(draft))
    require_founded(draft.starts_on, founded, "starts_on")
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        raise RuleBroken("The plan cannot end before it starts.", field="ends_on")
    if any(line.quantity <= 0 or line.unit_cost.amount_minor < 0 for line in draft.lines):
        raise RuleBroken(
            "A line of the budget needs a quantity above zero and a cost that is not negative."
        )
    payers = [(share.payer, share.source.casefold()) for share in draft.shares]
    if len(set(payers)) < len(payers):
        raise RuleBroken(
            "The same payer stands twice. Name which voucher or programme, or join them.",
            field="shares",
        )
    draft.amounts()


def check_offer(draft: Draft, on: date) -> None:
    """Raise RuleBroken with the first thing that a plan lacks before it can be offered on a day."""
    if not draft.actions:
        raise RuleBroken("Write at least one action.")
    if not draft.indicators:
        raise RuleBroken("Write at least one indicator: without it nobody can tell what changed.")
    for one in draft.indicators:
        if (
            one.baseline is None
            or one.target is None
            or not (one.unit and one.due_on and one.method)
        ):
            raise RuleBroken(
                "The indicator “{name}” needs its value today, target, unit, date and how it is measured.",
                name=one.name,
            )  # fmt: skip
    if not draft.lines:
        raise RuleBroken("Write the budget: at least one line.")
    if not draft.shares:
        raise RuleBroken("Say who pays the price.")
    if draft.valid_until is None or draft.valid_until < on:
        raise RuleBroken(
            "Say until which day the offer is valid, today or later.", field="valid_until"
        )


@dataclass(frozen=True)
class Change:
    """One thing that differs: ``kind`` of row ("plan" for the plan itself), its name, field and both values.

    ``field`` is empty when a whole row came (``before`` None) or went (``after`` None).
    """

    kind: str
    name: str
    field: str
    before: Any
    after: Any


def changes(before: Draft, after: Draft) -> list[Change]:
    """What a later version changes; rows are matched by their names."""
    return [
        *_fields("plan", "", before, after, ("objective", "currency", "starts_on", "ends_on", "valid_until")),
        *_rows(before.actions, after.actions),
        *_rows(before.indicators, after.indicators),
        *_rows(before.lines, after.lines),
        *_money("cost", before, after),
        *_money("price", before, after),
        *_shares(before, after),
    ]  # fmt: skip


def _moneys(draft: Draft) -> Iterator[Money]:
    yield from (line.unit_cost for line in draft.lines)
    yield from (share.amount for share in draft.shares if share.amount)
    if draft.set_price:
        yield draft.set_price


def _fields(
    kind: str, name: str, before: Any, after: Any, names: Sequence[str]
) -> Iterator[Change]:
    for field in names:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield Change(kind, name, field, old, new)


def _rows(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    old, new = ({row.label: row for row in rows} for rows in (before, after))
    for name in [*old, *(name for name in new if name not in old)]:
        was, now = old.get(name), new.get(name)
        if was and now:
            yield from _fields(
                was.kind, name, was, now, [f.name for f in fields(was) if f.name != "cause"]
            )
        else:
            yield Change((was or new[name]).kind, name, "", was, now)


def _money(field: str, before: Draft, after: Draft) -> Iterator[Change]:
    old, new = (
        Money(getattr(before, field), before.currency),
        Money(getattr(after, field), after.currency),
    )
    if old != new:
        yield Change("plan", "", field, old, new)


def _shares(before: Draft, after: Draft) -> Iterator[Change]:
    """Shares by what they come to: how they were agreed changes nothing for who pays."""
    old, new = _payers(before), _payers(after)
    for key in [*old, *(key for key in new if key not in old)]:
        if old.get(key) != new.get(key):
            field = "amount" if key in old and key in new else ""
            yield Change("share", " · ".join(filter(None, key)), field, old.get(key), new.get(key))


def _payers(draft: Draft) -> dict[tuple[str, str], Money]:
    return {
        (share.payer, share.source): Money(amount, draft.currency)
        for share, amount in zip(draft.shares, draft.amounts(), strict=True)
    }
