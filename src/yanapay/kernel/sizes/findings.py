"""What one criterion alone says of an enterprise: the code of its axis and the sentence."""

from typing import NamedTuple

from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money
from yanapay.kernel.sizes.schemes import Scheme
from yanapay.kernel.sizes.tables import UNDETERMINED, UNKNOWN, sales_place, tables
from yanapay.kernel.sizes.uit import TaxUnits
from yanapay.kernel.sizes.words import (
    enumeration,
    persons,
    sales_range,
    size_name,
    workers_range,
)


class Finding(NamedTuple):
    """The code of one criterion, as in :mod:`yanapay.kernel.sizes.tables`."""

    code: int
    reason: Message


def by_workers(scheme: Scheme, workers: int | None) -> Finding:
    """What the number of workers says. The scheme bounds them."""
    axis = tables(scheme).workers
    code = axis.code(UNKNOWN if workers is None else workers)
    if workers is None:
        return Finding(code, Message("The number of workers is not known."))
    if code & UNDETERMINED:
        return Finding(code, _no_start(scheme))
    ranges = [workers_range(size.workers) for size in scheme.classes]
    placed = _placed(scheme, code, persons(workers), ranges)
    if _read_between_the_lines(scheme, code):
        placed = Message("{placed} {note}", placed=placed, note=_ONLY_UPPER_LIMITS)
    return Finding(code, placed)


def by_sales(scheme: Scheme, sales: Money | None, year: int, uit: TaxUnits) -> Finding:
    """What the annual sales say, measured in the tax unit of ``year``. The scheme bounds them."""
    axis = tables(scheme).sales
    unit = uit.of(year)
    if sales is None or unit is None or sales.currency != unit.currency:
        return Finding(axis.code(UNKNOWN), _unmeasured(sales, year, uit))
    code = axis.code(sales_place(sales.amount_minor, unit.amount_minor))
    ranges = [sales_range(size.sales, unit) for size in scheme.classes]
    placed = _placed(scheme, code, Message("Annual sales of {sales}", sales=sales), ranges)
    return Finding(code, Message("{placed} {unit}", placed=placed, unit=_unit(scheme, unit, year)))


def _no_start(scheme: Scheme) -> Message:
    return Message(
        "With 0 workers it cannot be told: the source does not say with how many workers the "
        "first class, {size}, begins.",
        size=size_name(scheme.classes[0].name),
    )


_ONLY_UPPER_LIMITS = Message(
    "The source prints only upper limits, so each class is read as starting one above the class "
    "before it."
)


def _read_between_the_lines(scheme: Scheme, code: int) -> bool:
    """Whether a class that the sentence names has a lower bound that is our reading."""
    return any(
        not size.workers.low_printed and (not code or code >> bit & 1)
        for bit, size in enumerate(scheme.classes)
    )


def _placed(scheme: Scheme, code: int, figure: Message, ranges: list[Message]) -> Message:
    """The figure and the classes it fits, or all of them when it fits none."""
    named = [
        Message("{size} ({range})", size=size_name(size.name), range=bounds)
        for size, bounds in zip(scheme.classes, ranges, strict=True)
    ]
    held = [part for bit, part in enumerate(named) if code >> bit & 1]
    if not held:
        return Message(
            "{figure}: outside every class of this scheme. Its classes are: {classes}.",
            figure=figure,
            classes=enumeration(named),
        )
    if len(held) == 1:
        return Message("{figure}: {size}.", figure=figure, size=held[0])
    return Message(
        "{figure}: the bounds overlap, so it fits more than one class: {classes}.",
        figure=figure,
        classes=enumeration(held),
    )


def _unit(scheme: Scheme, unit: Money, year: int) -> Message:
    """Which tax unit was used; where the source prints one without its year, that it does."""
    if scheme.printed_unit is None:
        return Message("The UIT of {year} is {unit}.", year=year, unit=unit)
    return Message(
        "The UIT of {year} is {unit} (the source prints {printed} without its year).",
        year=year,
        unit=unit,
        printed=scheme.printed_unit,
    )


def _unmeasured(sales: Money | None, year: int, uit: TaxUnits) -> Message:
    if sales is None:
        return Message("The annual sales are not known.")
    if sales.currency != uit.currency:
        return Message(
            "Annual sales of {sales} cannot be compared with bounds in UIT: there is no dated "
            "exchange rate to {currency}.",
            sales=sales,
            currency=uit.currency,
        )
    return Message(
        "The UIT of {year} is not known: the table goes from {first} to {last}.",
        year=year,
        first=min(uit.minor_by_year),
        last=max(uit.minor_by_year),
    )
