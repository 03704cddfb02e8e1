"""How sizes, bounds and outcomes are said."""

from collections.abc import Iterable
from functools import reduce

from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money, grouped
from yanapay.kernel.sizes.schemes import Bounds
from yanapay.kernel.sizes.tables import Label

_SIZES = {
    "micro": Message("micro"),
    "small": Message("small"),
    "medium": Message("medium"),
    "large": Message("large"),
}
_OUTCOMES = {"none": Message("no class"), "undetermined": Message("undetermined")}


def size_name(name: str) -> Message:
    """The class, in words."""
    return _SIZES.get(name, Message("unnamed class"))


def label_name(label: Label) -> Message:
    """A result in two or three words: “small”, “micro or small”, “no class”, “undetermined”."""
    return _OUTCOMES.get(label.outcome) or alternatives(map(size_name, label.classes))


def alternatives(parts: Iterable[Message]) -> Message:
    """“a or b or c”."""
    return reduce(lambda left, right: Message("{left} or {right}", left=left, right=right), parts)


def enumeration(parts: Iterable[Message]) -> Message:
    """“a; b; c”."""
    return reduce(lambda left, right: Message("{left}; {right}", left=left, right=right), parts)


def persons(count: int) -> Message:
    """“1 worker”, “12 workers”."""
    if count == 1:
        return Message("1 worker")
    return Message("{count} workers", count=grouped(count))


def workers_range(bounds: Bounds) -> Message:
    """“up to 10 workers”, “11 to 50 workers”, “501 workers or more”."""
    if bounds.low is None:
        return Message("up to {high} workers", high=bounds.high)
    if bounds.high is None:
        return Message("{low} workers or more", low=bounds.low)
    return Message("{low} to {high} workers", low=bounds.low, high=bounds.high)


def sales_range(bounds: Bounds, unit: Money) -> Message:
    """“up to 150 UIT = PEN 592 500”, “150 to 1700 UIT = PEN 592 500 to PEN 6 715 000”."""

    def amount(units: int | None) -> Money:
        return Money((units or 0) * unit.amount_minor, unit.currency)

    limits = {
        "low": bounds.low,
        "high": bounds.high,
        "low_amount": amount(bounds.low),
        "high_amount": amount(bounds.high),
    }
    if bounds.low is None:
        return Message("up to {high} UIT = {high_amount}", **limits)
    if bounds.high is None:
        return Message("{low} UIT or more = {low_amount} or more", **limits)
    return Message("{low} to {high} UIT = {low_amount} to {high_amount}", **limits)
