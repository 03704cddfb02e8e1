"""How often something came from one place in a while, counted by all processes of an installation together.

A file for each place and while is as long as what it counted: a byte added to its end is there whole or not at
all, and the length tells each process a number of its own. Nothing waits, and no database is asked. Of a place
only sixteen bits of a keyed digest are kept: enough to limit, too few to tell whose they are.
"""

import os
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from django.conf import settings
from django.utils.crypto import salted_hmac

from yanapay.base.storage import is_unwritable

_DIGITS = 4  # of a hexadecimal digest: at most 65,536 files for a limit, whoever floods it


def times(what: str, window: str, place: str) -> int:
    """Count this time; how often it was ``what`` from this place in this window, which other windows end.

    On a disk that takes nothing more every time is the first: who only reads may go on, and what others send
    is refused anyway.
    """
    folder = Path(settings.YANAPAY_HOME) / "limits" / what / window
    counter = folder / salted_hmac(what, f"{window}:{place}").hexdigest()[:_DIGITS]
    try:
        return _count(counter)
    except OSError as error:
        if not is_unwritable(error):
            raise
        return 1


def _count(counter: Path) -> int:
    try:
        return _longer_by_one(counter)
    except FileNotFoundError:
        _open_window(counter.parent)
        return _longer_by_one(counter)


def _longer_by_one(path: Path) -> int:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, b"\n")
        return os.lseek(file, 0, os.SEEK_CUR)
    finally:
        os.close(file)


def _open_window(folder: Path) -> None:
    """Make the folder of a window; what former ones counted goes."""
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # another process sweeps too
        for former in folder.parent.iterdir():
            if former.name < folder.name:
                rmtree(former, ignore_errors=True)
