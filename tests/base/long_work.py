"""A task that takes its time at the first attempt, so that its worker can be killed meanwhile."""

import time
from pathlib import Path

from django_tasks import task


@task()
def long_work(folder: str) -> str:
    started = Path(folder, "started")
    if not started.exists():
        started.touch()
        time.sleep(60)
    Path(folder, "done").touch()
    return "done"
