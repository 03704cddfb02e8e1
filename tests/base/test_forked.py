"""Work shared with helper processes comes back in order, and its failures come back too."""

import os
from collections.abc import Iterator

import pytest

from yanapay.base import forked

pytestmark = pytest.mark.skipif(
    len(os.sched_getaffinity(0)) < 2, reason="one processor: nothing is shared"
)


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(forked.ordered(lambda n: n * n, range(20))) == [n * n for n in range(20)]


def test_the_work_is_done_by_other_processes() -> None:
    assert os.getpid() not in forked.ordered(lambda _: os.getpid(), range(4))


def test_items_and_results_larger_than_a_pipe_pass() -> None:
    large = ["x" * 3_000_000] * 5
    assert list(forked.ordered(lambda text: text + "y", large)) == [text + "y" for text in large]


def test_no_item_no_result() -> None:
    assert list(forked.ordered(str, [])) == []


def test_a_failure_in_a_helper_fails_here() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        list(forked.ordered(lambda n: 1 / n, [1, 0, 1]))


def test_items_are_taken_no_further_ahead_than_there_are_helpers() -> None:
    given: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            given.append(number)
            yield number

    next(iter(forked.ordered(str, items())))
    assert len(given) <= forked.MOST_HELPERS + 1


def test_a_helper_ended_from_outside_is_told() -> None:
    with pytest.raises(RuntimeError, match="ended from outside"):
        list(forked.ordered(lambda _: os._exit(1), [1, 2]))
