"""The dated definitions of enterprise size, as the sources print them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money

_COLUMNS = ("micro", "small", "medium")
_UNASSIGNED = "unassigned_"


@dataclass(frozen=True)
class Bounds:
    """Inclusive; None is open. ``low_printed`` is false where the lower bound is our reading."""

    low: int | None
    high: int | None
    low_printed: bool = True

    @property
    def stated(self) -> bool:
        """Whether the source gives any bound here."""
        return (self.low, self.high) != (None, None)


@dataclass(frozen=True)
class SizeClass:
    """One class of a scheme: workers in persons, annual sales in tax units."""

    name: str
    workers: Bounds
    sales: Bounds


@dataclass(frozen=True)
class Scheme:
    """One definition of size. ``year`` is the year it states for itself, if it does."""

    id: str
    issuer: str
    country: str
    year: int | None
    year_of_source: int
    criteria: tuple[str, ...]
    classes: tuple[SizeClass, ...]
    rule: str
    ambiguity: tuple[str, ...]
    source: str
    printed_unit: Money | None

    @property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """The names of its columns: one way, unless the print does not show which is empty."""
        names = tuple(size.name for size in self.classes)
        if not any(name.startswith(_UNASSIGNED) for name in names):
            return (names,)
        starts = range(len(_COLUMNS) - len(names) + 1)
        return tuple(_COLUMNS[start : start + len(names)] for start in starts)

    @property
    def by_workers(self) -> bool:
        """Whether it bounds the number of workers."""
        return any(size.workers.stated for size in self.classes)

    @property
    def by_sales(self) -> bool:
        """Whether it bounds the annual sales."""
        return any(size.sales.stated for size in self.classes)

    @property
    def complete(self) -> bool:
        """Whether every criterion it names has bounds, and every bound a class."""
        bounded = {"workers": self.by_workers, "annual_sales": self.by_sales}
        return (
            bool(self.criteria)
            and all(bounded.get(criterion, False) for criterion in self.criteria)
            and len(self.readings) == 1
        )


@cache
def schemes() -> Mapping[str, Scheme]:
    """Every scheme by its id, in the order of the sources."""
    path = resources.files("yanapay.kernel") / "data/size_schemes.json"
    records = json.loads(path.read_text(encoding="utf-8"))["schemes"]
    return MappingProxyType({record["id"]: _scheme(record) for record in records})


def scheme(scheme_id: str) -> Scheme:
    """The scheme of that id; RuleBroken names the known ones."""
    try:
        return schemes()[scheme_id]
    except KeyError:
        raise RuleBroken(
            "There is no size scheme “{scheme}”. The known ones are: {known}.",
            field="scheme",
            scheme=scheme_id,
            known=", ".join(schemes()),
        ) from None


def _scheme(record: Mapping[str, Any]) -> Scheme:
    unit = record.get("uit_value")
    return Scheme(
        id=record["id"],
        issuer=record["issuer"],
        country=record["country"],
        year=record["year"],
        year_of_source=record["year_of_source"],
        criteria=tuple(record["criteria_used"]),
        classes=_classes(record["classes"]),
        rule=record["rule"],
        ambiguity=tuple(record["ambiguity"]),
        source=f"{record['source_file']}, {record['section']}",
        printed_unit=Money.parse(str(unit), record["uit_currency"]) if unit else None,
    )


def _classes(records: list[Mapping[str, Any]]) -> tuple[SizeClass, ...]:
    """The classes in order; a missing lower bound of workers is the upper bound before it + 1."""
    classes = [
        SizeClass(
            record["size_class"],
            Bounds(record["workers_min"], record["workers_max"]),
            Bounds(record["sales_min"], record["sales_max"]),
        )
        for record in records
    ]
    return (classes[0], *(_continued(before, size) for before, size in pairwise(classes)))


def _continued(before: SizeClass, size: SizeClass) -> SizeClass:
    if size.workers.low is not None or before.workers.high is None:
        return size
    low = before.workers.high + 1
    return replace(size, workers=Bounds(low, size.workers.high, low_printed=False))
