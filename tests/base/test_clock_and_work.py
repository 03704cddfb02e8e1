"""Jobs run when they are due; open work is listed, counted and handed over."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from yanapay.base import leases, schedule, work
from yanapay.base.schedule import Job
from yanapay.base.work import WorkItem, WorkSource

NOW = datetime.fromisoformat("2026-03-12T08:00:00-05:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def runs(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """An installation whose only job notes when it ran."""
    settings.YANAPAY_HOME = tmp_path
    monkeypatch.setattr(schedule, "_jobs", {})
    times: list[datetime] = []
    schedule.register(Job("hourly", HOUR, times.append))
    return times


def test_a_job_runs_once_in_its_time(runs: list[datetime]) -> None:
    assert schedule.run_due(NOW) == ["hourly"]
    assert schedule.run_due(NOW + HOUR / 2) == []
    assert schedule.run_due(NOW + HOUR) == ["hourly"]
    assert runs == [NOW, NOW + HOUR]


def test_a_failing_job_is_told_and_stops_no_other(
    runs: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(now: datetime) -> None:
        raise ZeroDivisionError

    schedule.register(Job("hourly", HOUR, fail))
    schedule.register(Job("other", HOUR, runs.append))
    with caplog.at_level(logging.ERROR):
        assert schedule.run_due(NOW) == ["hourly", "other"]
    assert (runs, "hourly" in caplog.text) == ([NOW], True)


def test_two_processes_do_not_run_the_same_jobs(runs: list[datetime]) -> None:
    with leases.held("schedule"):
        assert schedule.run_due(NOW) == []
    assert schedule.run_due(NOW) == ["hourly"]


def test_a_damaged_record_of_runs_costs_one_run_too_many(
    runs: list[datetime], tmp_path: Path
) -> None:
    schedule.run_due(NOW)
    (tmp_path / "schedule.json").write_text("{half")
    assert schedule.run_due(NOW) == ["hourly"]


def test_open_work_comes_from_whoever_has_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_sources", {})
    item = WorkItem("letters", "A letter", "/letters/1")
    letters = WorkSource(
        "letters", "Letters", lambda scope, limit: [item] * limit, lambda user: 3,
        lambda **named: named["to_user_id"] - named["from_user_id"],
    )  # fmt: skip
    idle = WorkSource("idle", "Nothing", lambda scope, limit: [], lambda user: 0)
    held = WorkSource("held", "Held, with nothing to do yet")
    for source in (letters, idle, held, letters):
        work.register(source)
    assert work.open_work(None, limit=2) == [(letters, [item, item])]
    assert work.owned_by(7) == [(letters, 3)]
    assert work.hand_over(by=None, from_user_id=7, to_user_id=8) == {"letters": 1}
