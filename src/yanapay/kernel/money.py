"""Money: whole minor units (cents) with their currency, never a float."""

import re
from dataclasses import dataclass
from typing import Self

from yanapay.kernel.errors import RuleBroken

_MINOR_DIGITS = {"CLP": 0, "PYG": 0, "JPY": 0, "KRW": 0, "VND": 0}  # ISO 4217; all others here: 2
_CURRENCY = re.compile(r"[A-Z]{3}")
_GROUPING_SPACE = re.compile(r"(?<=[0-9])[\s'\u2019](?=[0-9]{3}(?![0-9]))")
_NUMBER = re.compile(
    r"(?P<sign>-?)"
    r"(?P<whole>[1-9][0-9]{0,2}(?P<group>[.,])[0-9]{3}(?:(?P=group)[0-9]{3})*|[0-9]{1,30})"
    r"(?:(?P<point>[.,])(?P<fraction>[0-9]{1,30}))?"
)
_TOO_LARGE = 10**17  # still fits a 64-bit column, and a sum of some of them too


def minor_digits(currency: str) -> int:
    """How many decimals the currency has."""
    return _MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True)
class Money:
    """An amount in minor units of an ISO 4217 currency."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if not _CURRENCY.fullmatch(self.currency):
            raise RuleBroken(
                "“{currency}” is not a currency code of three letters, like PEN or USD.",
                field="currency",
                currency=self.currency,
            )

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read an amount as people type it: ``1234.5``, ``1.234,50``, ``1 234,50``, ``1,234``.

        A single separator followed by exactly three digits groups thousands, because no amount has
        three decimals. Raises RuleBroken for anything that is not one amount.
        """
        money = cls(0, currency.strip().upper())
        amount = _minor_units(_GROUPING_SPACE.sub("", text.strip()), minor_digits(money.currency))
        if amount is None:
            raise RuleBroken("“{text}” is not an amount of money.", field="amount", text=text[:80])
        if abs(amount) >= _TOO_LARGE:
            raise RuleBroken("“{text}” is too large an amount.", field="amount", text=text[:80])
        return cls(amount, money.currency)

    def __str__(self) -> str:
        """``PEN 3950``, ``PEN 592 500.50``: digits grouped by a hard space from five on."""
        digits = minor_digits(self.currency)
        whole, cents = divmod(abs(self.amount_minor), 10**digits)
        sign = "-" if self.amount_minor < 0 else ""
        fraction = f".{cents:0{digits}}" if cents else ""
        return f"{self.currency}\u00a0{sign}{grouped(whole)}{fraction}"


def grouped(number: int) -> str:
    """A whole number with a hard space between thousands; four digits stay together."""
    return str(number) if abs(number) < 10_000 else f"{number:,}".replace(",", "\u00a0")


def _minor_units(text: str, digits: int) -> int | None:
    """Minor units, or None when the text is not a number or has more decimals than ``digits``."""
    match = _NUMBER.fullmatch(text)
    if match is None or match["group"] == match["point"] is not None:
        return None
    fraction = match["fraction"] or ""
    if fraction[digits:].strip("0"):
        return None
    whole = match["whole"].replace(".", "").replace(",", "")
    return int(match["sign"] + whole + fraction[:digits].ljust(digits, "0"))
