"""Millions of enterprises under one scheme, and two schemes against each other, by numpy.

Reads the same compiled tables as :func:`yanapay.kernel.sizes.classify`: both give the same result.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from yanapay.kernel.sizes.schemes import Scheme
from yanapay.kernel.sizes.tables import UNDETERMINED, UNKNOWN, Axis, Label, both, tables
from yanapay.kernel.sizes.uit import TaxUnits, tax_units

Integers: TypeAlias = Sequence[int | None] | NDArray[np.integer]
Codes: TypeAlias = NDArray[np.uint8]


def classify_columns(
    scheme: Scheme,
    workers: Integers,
    sales_minor: Integers,
    currency: str | Sequence[str] | NDArray[np.str_],
    year: int | Integers,
    uit: TaxUnits | None = None,
) -> Codes:
    """One code per row; :func:`labels` says what each means.

    None or a negative number is a figure that is not known. ``currency`` and ``year`` (that of the
    figures) may be one value for all rows.
    """
    if not scheme.complete:
        return np.full(len(workers), UNDETERMINED, dtype=np.uint8)
    compiled, years = tables(scheme), _integers(year)
    codes = []
    if scheme.by_workers:
        codes.append(_look_up(compiled.workers, _integers(workers)))
    if scheme.by_sales:
        places = _sales_places(_integers(sales_minor), currency, years, uit or tax_units())
        codes.append(_look_up(compiled.sales, places))
    result = codes[0] if len(codes) == 1 else _both()[codes[0], codes[1]]
    before = years < scheme.year if scheme.year else np.False_
    return np.where(before | (result >= UNDETERMINED), np.uint8(UNDETERMINED), result)


def labels(scheme: Scheme) -> Mapping[int, Label]:
    """The decoding table of the scheme's codes."""
    return tables(scheme).labels


def counts(scheme: Scheme, codes: Codes) -> Counter[Label]:
    """How many rows have each label. Counters of several chunks add up."""
    found = np.bincount(codes, minlength=256)
    names = labels(scheme)
    return Counter({names[code]: int(found[code]) for code in np.flatnonzero(found).tolist()})


def cross(
    scheme_a: Scheme, codes_a: Codes, scheme_b: Scheme, codes_b: Codes
) -> Counter[tuple[Label, Label]]:
    """How many rows have each pair of labels under two schemes. Counters of chunks add up."""
    pairs = np.bincount(codes_a.astype(np.intp) << 8 | codes_b, minlength=1 << 16)
    left, right = labels(scheme_a), labels(scheme_b)
    return Counter(
        {
            (left[pair >> 8], right[pair & 0xFF]): int(pairs[pair])
            for pair in np.flatnonzero(pairs).tolist()
        }
    )


def _integers(values: int | Integers) -> NDArray[np.int64]:
    if isinstance(values, np.ndarray | int):
        return np.asarray(values, dtype=np.int64)
    known = (UNKNOWN if value is None else value for value in values)
    return np.fromiter(known, dtype=np.int64, count=len(values))


def _look_up(axis: Axis, places: NDArray[np.int64]) -> Codes:
    """``Axis.code`` for a column: place -1 (``UNKNOWN``) is the last byte of the table."""
    table = np.frombuffer(axis.codes, dtype=np.uint8)
    return table[np.clip(places, UNKNOWN, axis.above)]


def _sales_places(
    sales: NDArray[np.int64],
    currency: str | Sequence[str] | NDArray[np.str_],
    year: NDArray[np.int64],
    uit: TaxUnits,
) -> NDArray[np.int64]:
    """``sales_place`` for a column, ``UNKNOWN`` where the sales cannot be measured in tax units."""
    unit = _units(year, uit)
    measurable = (sales >= 0) & (unit > 0) & (np.asarray(currency) == uit.currency)
    divisor = np.maximum(unit, 1)
    units = sales // divisor
    return np.where(measurable, 2 * units + (units * divisor < sales), UNKNOWN)


def _units(year: NDArray[np.int64], uit: TaxUnits) -> NDArray[np.int64]:
    """The tax unit of each year, 0 outside the table."""
    first, last = min(uit.minor_by_year), max(uit.minor_by_year)
    dense = [uit.minor_by_year.get(each, 0) for each in range(first, last + 1)]
    return np.array([0, *dense, 0])[np.clip(year - first + 1, 0, len(dense) + 1)]


@cache
def _both() -> Codes:
    """``tables.both`` for every pair of codes."""
    every = [[both(workers, sales) for sales in range(256)] for workers in range(256)]
    return np.array(every, dtype=np.uint8)
