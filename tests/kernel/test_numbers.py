"""Columns of whole numbers as sets."""

import numpy as np
from hypothesis import given, strategies as st

from yanapay.kernel.numbers import distinct, without

NUMBERS = st.lists(st.integers(-(2**62), 2**62) | st.integers(0, 5))


def column(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, np.int64)


@given(NUMBERS, NUMBERS)
def test_each_number_is_there_once_and_those_to_leave_out_are_not(
    ours: list[int], others: list[int]
) -> None:
    assert distinct(column(ours)).tolist() == sorted(set(ours))
    assert without(column(ours), column(others)).tolist() == sorted(set(ours) - set(others))
