"""Background work outlives its worker.

A worker holds the lock of a file of its own while it lives; the operating system lets go of the lock
when the process ends, however it ends. A running task whose worker holds no lock goes back to the
queue. (A killed worker would leave its task "running" for ever.) The files stand under
``YANAPAY_HOME``, which all workers of an installation share.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 3
Running = DBTaskResult[Any, Any]


class WorkerDied(Exception):
    """Why a task failed that took its worker down each time it was tried."""


def new_worker_name() -> str:
    return f"{os.uname().nodename[:30]}-{os.getpid()}-{secrets.token_hex(4)}"


@contextmanager
def held(name: str) -> Iterator[bool]:
    """Hold the lease ``name`` while inside; ``False`` when another living process has it."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        got = _lock(descriptor)
        yield got
        if got:
            path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def is_held(name: str) -> bool:
    """Whether a living process holds the lease."""
    try:
        descriptor = os.open(_path(name), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _lock(descriptor)
    finally:
        os.close(descriptor)


def take_over() -> int:
    """Put the tasks of dead workers back in the queue; give up on a task after ``ATTEMPTS`` deaths."""
    dead = [task for task in DBTaskResult.objects.running() if not is_held(_worker(task))]
    return sum(_take_over(task) for task in dead)


@transaction.atomic
def _take_over(seen: Running) -> bool:
    """Only if the task still stands as it was seen: another worker may have been quicker."""
    task = DBTaskResult.objects.select_for_update().running().filter(pk=seen.pk).first()
    if task is None or task.worker_ids != seen.worker_ids:
        return False
    if len(task.worker_ids) >= ATTEMPTS:
        task.set_failed(WorkerDied(f"{len(task.worker_ids)} workers died at this task"))
    else:
        task.status, task.started_at = "READY", None
        task.save(update_fields=["status", "started_at"])
    return True


def _worker(task: Running) -> str:
    return task.worker_ids[-1] if task.worker_ids else "nobody"


def _path(name: str) -> Path:
    return Path(settings.YANAPAY_HOME) / "leases" / name


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
