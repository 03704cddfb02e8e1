"""What a long load asks of SQLite, where one process writes at a time; nothing of it on PostgreSQL."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

#: Who waits to write looks every 100 ms whether it may: a pause so long lets everybody in.
_PAUSE = 0.1
_LOADING = {"cache_size": -262144, "synchronous": "NORMAL", "wal_autocheckpoint": 0, "secure_delete": "OFF",
            "mmap_size": 0}  # fmt: skip
_USUAL = {"cache_size": -65536, "synchronous": "FULL", "wal_autocheckpoint": 1000, "secure_delete": "ON",
          "mmap_size": 1 << 30}  # fmt: skip


@contextmanager
def tuned() -> Iterator[None]:
    """The loading connection may keep more in memory; a crash of the machine costs at most this batch.

    Overwriting what is freed would double the time, and a load deletes nothing: an erasure rewrites the
    whole file anyway (``base.search.leave_no_trace``).
    """
    _set(_LOADING)
    try:
        yield
    finally:
        _set(_USUAL)


class Turns:
    """Lets others write now and then between the transactions of a load."""

    def __init__(self, longest: float) -> None:
        self._longest, self._held, self._free_since = longest, 0.0, 0.0

    def begin(self) -> None:
        """Before a transaction: wait until others had the time to come in, when it is their turn."""
        if self._held >= self._longest / 2:
            self._held = 0.0
            time.sleep(max(0.0, self._free_since + _PAUSE - time.perf_counter()))

    def end(self, seconds: float) -> None:
        """After it: when it took long, move what was written into the database, or the log outgrows the data.

        First while others may write; then, for the little that they wrote, alone; readers are not waited for.
        """
        if not _applies():
            return
        self._held, self._free_since = self._held + seconds, time.perf_counter()
        if self._held >= self._longest / 2:
            wait = int(connection.settings_dict["OPTIONS"]["timeout"] * 1000)
            _run("PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA busy_timeout = 20",
                 "PRAGMA wal_checkpoint(RESTART)", f"PRAGMA busy_timeout = {wait}")  # fmt: skip


def _applies() -> bool:
    return connection.vendor == "sqlite" and not connection.in_atomic_block


def _set(pragmas: dict[str, object]) -> None:
    if _applies():
        _run(*(f"PRAGMA {name} = {value}" for name, value in pragmas.items()))


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement).fetchall()
