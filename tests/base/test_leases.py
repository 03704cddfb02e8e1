"""A killed worker leaves nothing behind: its task is done by the next one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from yanapay.base import leases

ROOT = Path(__file__).parents[2]


def wait_until(happens: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def python(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "YANAPAY_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'own.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "yanapay.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen([sys.executable, *arguments], env=environment)


def running_task(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING", task_path="tests.base.long_work.long_work", worker_ids=list(workers),
        args_kwargs={"args": [], "kwargs": {}}, run_after=timezone.now(), backend_name="default",
    )  # fmt: skip


def test_a_lease_is_held_by_one_and_given_back() -> None:
    with leases.held("one") as first, leases.held("one") as second:
        assert first
        assert not second
        assert leases.is_held("one")
    assert not leases.is_held("one")


@pytest.mark.django_db
def test_a_task_of_a_living_worker_is_left_alone() -> None:
    running_task("alive")
    with leases.held("alive"):
        assert leases.take_over() == 0


@pytest.mark.django_db
def test_a_task_that_kills_its_workers_is_given_up() -> None:
    task = running_task("dead-1")
    assert leases.take_over() == 1
    task.refresh_from_db()
    assert task.status == "READY"
    hopeless = running_task("dead-1", "dead-2", "dead-3")
    assert leases.take_over() == 1
    hopeless.refresh_from_db()
    assert hopeless.status == "FAILED"
    assert "WorkerDied" in hopeless.exception_class_path


@pytest.mark.slow
def test_a_killed_worker_s_task_is_finished_by_the_next(tmp_path: Path) -> None:
    """A real worker process, killed without warning in the middle of a real task."""
    assert python(tmp_path, "-m", "django", "migrate", "-v0").wait() == 0
    enqueue = (
        "import django; django.setup(); from tests.base.long_work import long_work; "
        f"long_work.enqueue({str(tmp_path)!r})"
    )
    assert python(tmp_path, "-c", enqueue).wait() == 0
    victim = python(tmp_path, "-m", "yanapay.cli.main", "worker")
    wait_until((tmp_path / "started").exists)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert python(tmp_path, "-m", "yanapay.cli.main", "worker", "--until-idle").wait() == 0
    assert (tmp_path / "done").exists()
