"""A disk that takes nothing more: full, read-only, or somebody else's."""

import errno
import os
from pathlib import Path

from yanapay.kernel.errors import RuleBroken

_ERRNOS = {errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SQLITE = ("readonly database", "disk is full", "disk i/o error", "unable to open database file")
_POSTGRESQL = {"25006", "53100"}  # read_only_sql_transaction, disk_full


def is_unwritable(error: BaseException) -> bool:
    """Whether the error, or the one that caused it, is a disk that is full or cannot be written."""
    if isinstance(error, OSError) and error.errno in _ERRNOS:
        return True
    if getattr(error, "sqlstate", None) in _POSTGRESQL:
        return True
    told = str(error).lower() if type(error).__name__ == "OperationalError" else ""
    if any(sentence in told for sentence in _SQLITE):
        return True
    return error.__cause__ is not None and is_unwritable(error.__cause__)


def check_writable(folder: Path) -> None:
    """Raises RuleBroken when nothing can be written into the folder; on a read-only disk for root too."""
    if not os.access(folder, os.W_OK):
        raise RuleBroken(
            "The folder {folder} cannot be written: its disk is read-only, or it is somebody else's.",
            folder=folder,
        )
