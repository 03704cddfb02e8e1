"""Columns of whole numbers."""

import numpy as np
from numpy.typing import NDArray


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, in order.

    ``np.unique`` looks them up in a table first since numpy 2.3: for millions of keys, most of them in order
    already, that takes eighty times as long.
    """
    ordered = np.sort(numbers, axis=None)
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def without(numbers: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each of the numbers that is not among the others once, in order."""
    once = distinct(numbers)
    return once[~np.isin(once, distinct(others), assume_unique=True, kind="sort")]
