"""What was worked out is good as long as the rows that it was made of read the same."""

from itertools import count

import pytest

from yanapay.base.kept import Kept


def test_it_is_made_again_when_its_rows_change() -> None:
    kept, number = Kept[int](seconds=60), count(1)
    made = [kept.get("a", rows, number.__next__) for rows in ([(1,)], [(1,)], [(2,)], [(2,)], [])]
    assert made == [1, 1, 2, 2, 3]


def test_it_is_made_again_when_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, number = Kept[int](seconds=60), count(1)
    clock = iter([100.0, 159.0, 161.0, 161.0])
    monkeypatch.setattr("yanapay.base.kept.time.monotonic", clock.__next__)
    assert [kept.get("a", [], number.__next__) for _ in range(3)] == [1, 1, 2]


def test_strange_keys_do_not_fill_the_memory() -> None:
    kept = Kept[int](seconds=60, most=3)
    for number in range(100):
        kept.get(number, [], int)
    assert len(kept._values) <= 3


def test_what_cannot_be_made_is_not_kept() -> None:
    kept = Kept[float](seconds=60)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", [], lambda: 1 / 0)
    assert kept.get("a", [], lambda: 1.0) == 1.0
