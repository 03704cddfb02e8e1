"""Cost → price → shares, in whole minor units that always add up. Pure.

Quantities are in hundredths (250 = two and a half days), percentages in basis points (3000 = 30 %).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money

WHOLE = 10_000  # basis points
PERCENT, AMOUNT, REST = "percent", "amount", "rest"

Key = TypeVar("Key")


def line_cost(quantity: int, unit_cost: int) -> int:
    """Quantity times unit cost, half a minor unit rounded up."""
    return _half_up(Fraction(quantity * unit_cost, 100))


def marked_up(cost: int, markup: int) -> int:
    """The price that a markup on the cost gives."""
    if markup < 0:
        raise RuleBroken("A markup cannot be negative. Set the price instead.", field="markup")
    return _half_up(Fraction(cost * (WHOLE + markup), WHOLE))


@dataclass(frozen=True)
class Asked:
    """A share as it is agreed: so many basis points, so many minor units, or what the others leave."""

    by: str
    value: int = 0


def split(price: int, asked: Sequence[Asked], currency: str) -> list[int]:
    """What each share comes to; always the whole price. Raises RuleBroken when they cannot add up to it."""
    _check(price, asked, currency)
    percents = [share.value for share in asked if share.by == PERCENT]
    parts = iter(_portions(_half_up(Fraction(price * sum(percents), WHOLE)), percents))
    amounts = [
        next(parts) if share.by == PERCENT else share.value if share.by == AMOUNT else 0
        for share in asked
    ]
    left = price - sum(amounts)
    if left < 0:
        raise RuleBroken(
            "The shares add up to {sum}, more than the price of {price}.",
            field="shares", sum=Money(sum(amounts), currency), price=Money(price, currency),
        )  # fmt: skip
    return _with_rest(amounts, asked, left, Money(price, currency))


def require_one_currency(currency: str, amounts: Iterable[Money]) -> None:
    """Raise RuleBroken when an amount is in another currency: nothing here is converted."""
    for amount in amounts:
        if amount.currency != currency:
            raise RuleBroken(
                "{amount} is in another currency: this plan is in {currency}. Convert it first.",
                amount=amount, currency=currency,
            )  # fmt: skip


@dataclass(frozen=True)
class Account:
    """What one payer owes and has paid."""

    owed: int
    paid: int

    @property
    def left(self) -> int:
        return self.owed - self.paid


def total(accounts: Iterable[Account]) -> Account:
    """All of them together."""
    found = list(accounts)
    return Account(sum(one.owed for one in found), sum(one.paid for one in found))


def settle(owed: Mapping[Key, int], paid: Mapping[Key, int]) -> dict[Key, Account]:
    """Owed against paid, by payer; whoever paid without owing (under an older version) stands at the end."""
    keys = [*owed, *(key for key in paid if key not in owed)]
    return {key: Account(owed.get(key, 0), paid.get(key, 0)) for key in keys}


def require_owed(account: Account, amount: Money) -> None:
    """Raise RuleBroken when a payment is more than what is still owed, or nothing."""
    if amount.amount_minor <= 0:
        raise RuleBroken("Write the amount that was paid.", field="amount")
    if amount.amount_minor > account.left:
        raise RuleBroken(
            "{amount} is more than the {left} still owed. Check the amount, or offer a new version "
            "of the plan.",
            field="amount", amount=amount, left=Money(account.left, amount.currency),
        )  # fmt: skip


def _check(price: int, asked: Sequence[Asked], currency: str) -> None:
    if price < 0 or any(share.value < 0 for share in asked):
        raise RuleBroken("No price and no share can be negative.", field="shares")
    if sum(share.by == REST for share in asked) > 1:
        raise RuleBroken("Only one share can be the rest.", field="shares")
    if (percents := sum(s.value for s in asked if s.by == PERCENT)) > WHOLE:
        raise RuleBroken(
            "The percentages add up to {sum} %, more than 100 %.",
            field="shares",
            sum=written(percents),
        )
    for share in asked:
        if share.by == AMOUNT and share.value > price:
            raise RuleBroken(
                "A share of {share} is more than the price of {price}.", field="shares",
                share=Money(share.value, currency), price=Money(price, currency),
            )  # fmt: skip


def _with_rest(amounts: list[int], asked: Sequence[Asked], left: int, price: Money) -> list[int]:
    for place, share in enumerate(asked):
        if share.by == REST:
            amounts[place] = left
            return amounts
    if left:
        raise RuleBroken(
            "The shares add up to {sum}: {left} of the price of {price} is paid by nobody. "
            "Make one of the shares the rest.",
            field="shares", sum=Money(price.amount_minor - left, price.currency),
            left=Money(left, price.currency), price=price,
        )  # fmt: skip
    return amounts


def _portions(whole: int, weights: Sequence[int]) -> list[int]:
    """``whole`` in proportion to the weights; what is left goes to the largest remainders, the first first."""
    if not (weighed := sum(weights)):
        return [0 for _ in weights]
    exact = [Fraction(whole * weight, weighed) for weight in weights]
    parts = [int(one) for one in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for place in by_remainder[: whole - sum(parts)]:
        parts[place] += 1
    return parts


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def written(basis_points: int) -> str:
    """``33.3`` for 3330."""
    return f"{basis_points / 100:.2f}".rstrip("0").rstrip(".")
