"""Limits hold for the whole installation, whichever of its processes is asked."""

import errno
import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest

from yanapay.base.limits import times

WINDOW = "2026-11-21"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.YANAPAY_HOME = tmp_path
    return tmp_path


def count_often(n: int) -> list[int]:
    return [times("form", WINDOW, "192.0.2.7") for _ in range(n)]


def test_two_processes_count_together_and_none_twice() -> None:
    with multiprocessing.get_context("fork").Pool(2) as processes:
        counted = processes.map(count_often, [300, 300], chunksize=1)
    assert sorted(counted[0] + counted[1]) == list(range(1, 601))


def test_places_windows_and_limits_are_counted_apart() -> None:
    count_often(3)
    assert times("form", WINDOW, "192.0.2.8") == 1
    assert times("other", WINDOW, "192.0.2.7") == 1
    assert times("form", "2026-11-22", "192.0.2.7") == 1


def test_a_full_disk_stops_nobody_from_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    count_often(2)
    monkeypatch.setattr(os, "write", full)
    assert count_often(2) == [1, 1]


def test_a_new_window_takes_the_former_one_away(home: Path) -> None:
    count_often(1)
    times("form", "2026-11-22", "192.0.2.7")
    assert [path.name for path in (home / "limits/form").iterdir()] == ["2026-11-22"]


def test_of_a_place_no_more_is_kept_than_a_limit_needs(home: Path) -> None:
    for n in range(200):
        times("form", WINDOW, f"192.0.2.{n}")
    names = {path.name for path in (home / "limits/form" / WINDOW).iterdir()}
    assert all(len(name) == 4 for name in names)
    assert len(names) > 190
