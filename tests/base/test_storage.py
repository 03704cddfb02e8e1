"""A disk that is full or read-only is told from every other fault."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError

from yanapay.base.storage import check_writable, is_unwritable
from yanapay.kernel.errors import RuleBroken


def test_what_sqlite_says_of_a_read_only_file(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "a.sqlite3").execute("CREATE TABLE note (text)").close()
    con = sqlite3.connect(f"file:{tmp_path / 'a.sqlite3'}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as told:
        con.execute("INSERT INTO note VALUES ('x')")
    con.close()
    assert is_unwritable(told.value)


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_what_the_system_says_itself_or_as_the_cause(number: int) -> None:
    first = OSError(number, os.strerror(number))
    later = DatabaseError("could not be kept")
    later.__cause__ = first
    assert is_unwritable(first)
    assert is_unwritable(later)


def test_another_fault_is_another_fault() -> None:
    assert not is_unwritable(OperationalError("database is locked"))
    assert not is_unwritable(FileNotFoundError(errno.ENOENT, "no such file"))
    assert not is_unwritable(ValueError("the disk is full of readonly database"))


def test_a_folder_that_takes_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_writable(tmp_path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(RuleBroken, match="cannot be written"):
        check_writable(tmp_path)
