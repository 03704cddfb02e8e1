"""Peru's statutory tax unit (UIT), by year."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from yanapay.kernel.money import Money


@dataclass(frozen=True)
class TaxUnits:
    """The value of a tax unit for each year, in minor units of one currency."""

    currency: str
    minor_by_year: Mapping[int, int]

    def of(self, year: int) -> Money | None:
        """The unit of a year; None outside the table."""
        minor = self.minor_by_year.get(year)
        return None if minor is None else Money(minor, self.currency)


@cache
def tax_units() -> TaxUnits:
    """The table shipped with the product (``data/uit_peru.csv``)."""
    text = (resources.files("yanapay.kernel") / "data/uit_peru.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    values = {int(row["year"]): Money.parse(row["uit_pen"], "PEN").amount_minor for row in rows}
    return TaxUnits("PEN", MappingProxyType(values))
