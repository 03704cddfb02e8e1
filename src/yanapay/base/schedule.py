"""Work that is due by the clock: a domain registers a job, one process of the installation runs it."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from yanapay.base.leases import held

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """``run(now)`` at most once per ``every``. It must do no harm when it runs once too often."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Add a job, in ``AppConfig.ready``; a second registration of the same name replaces the first."""
    _jobs[job.name] = job


def run_due(now: datetime) -> list[str]:
    """Run what is due and return its names; nothing while another process is at it."""
    with held("schedule") as mine:
        return [name for name, job in _jobs.items() if _run(job, now)] if mine else []


def _run(job: Job, now: datetime) -> bool:
    """A job that fails is logged and waits for its next turn; it does not stop the others."""
    last_runs = _last_runs()
    last = last_runs.get(job.name)
    if last and now - datetime.fromisoformat(last) < job.every:
        return False
    try:
        job.run(now)
    except Exception:
        log.exception("The job %s failed", job.name)
    _file().write_text(json.dumps(last_runs | {job.name: now.isoformat()}))
    return True


def _last_runs() -> dict[str, str]:
    try:
        runs: dict[str, str] = json.loads(_file().read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return runs


def _file() -> Path:
    return Path(settings.YANAPAY_HOME) / "schedule.json"
