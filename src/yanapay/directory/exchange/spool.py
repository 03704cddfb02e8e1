"""What a batch keeps on disk between reading its file and publishing it.

``YANAPAY_HOME/imports/<batch>/`` holds the checked rows in chunks of columns, the numbers by which rows are
compared, the verdict on each row, and the rejects. It holds personal data and is removed on publication.
A lock on the directory belongs to the process that works on the batch; the kernel frees it when that
process dies, however it dies.
"""

import fcntl
import json
import marshal
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from yanapay.directory.exchange.checks import Columns
from yanapay.directory.exchange.problems import Rejected
from yanapay.kernel.errors import RuleBroken, UnreadableFile

Arrays = dict[str, "np.ndarray[Any, Any]"]


def pack(columns: Columns) -> bytes:
    """Columns as the spool keeps them."""
    return marshal.dumps(columns)


class Spool:
    """The directory of one batch."""

    def __init__(self, batch_id: int) -> None:
        self.path = Path(settings.YANAPAY_HOME) / "imports" / str(batch_id)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Work on the batch alone; RuleBroken when another process does so right now."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RuleBroken(
                    "This file is being loaded right now. Wait until it is done."
                ) from None
            yield

    @property
    def is_held(self) -> bool:
        """Whether some process works on the batch now."""
        try:
            with self.held():
                return False
        except RuleBroken:
            return True

    def seal(self) -> None:
        """Everything that loading needs is there: note how large each file is."""
        sizes = {file.name: file.stat().st_size for file in self.path.iterdir()}
        (self.path / "sizes.json").write_text(json.dumps(sizes))

    @property
    def is_whole(self) -> bool:
        """Whether all that was sealed is there still: a machine that loses power leaves files cut short."""
        try:
            sizes = json.loads((self.path / "sizes.json").read_text())
            return all((self.path / name).stat().st_size >= size for name, size in sizes.items())
        except (OSError, ValueError):
            return False

    def keep_source(self, path: Path) -> None:
        """Keep the file itself, to show rejected rows as they stood; linked where that is possible."""
        try:
            os.link(path, self.source)
        except OSError:
            shutil.copyfile(path, self.source)

    @property
    def source(self) -> Path:
        return self.path / "source"

    def write_chunk(self, number: int, packed: bytes) -> None:
        (self.path / f"{number:06}.chunk").write_bytes(packed)

    def read_chunk(self, number: int) -> Columns:
        try:
            columns: Columns = marshal.loads((self.path / f"{number:06}.chunk").read_bytes())  # noqa: S302  our own file
        except (OSError, ValueError, EOFError, TypeError) as error:
            raise UnreadableFile(
                "The checked rows of this import are gone. Import the file again."
            ) from error
        return columns

    def chunks(self) -> Iterator[Columns]:
        """All chunks in the order of the file."""
        for number in range(len(list(self.path.glob("*.chunk")))):
            yield self.read_chunk(number)

    def write_arrays(self, name: str, arrays: Arrays) -> None:
        np.savez(self.path / f"{name}.npz", **arrays)  # type: ignore[arg-type]

    def read_arrays(self, name: str) -> Arrays:
        with np.load(self.path / f"{name}.npz") as stored:
            return dict(stored)

    def write_lines(self, name: str, objects: Iterable[Any]) -> None:
        """JSON lines, replacing what was there."""
        with (self.path / f"{name}.jsonl").open("w") as file:
            file.writelines(json.dumps(one) + "\n" for one in objects)

    def append_line(self, name: str, one: Any) -> None:
        with (self.path / f"{name}.jsonl").open("a") as file:
            file.write(json.dumps(one) + "\n")

    def read_lines(self, name: str) -> Iterator[Any]:
        path = self.path / f"{name}.jsonl"
        if path.exists():
            with path.open() as file:
                yield from map(json.loads, file)

    def rejects(self) -> Iterator[Rejected]:
        """All rejected rows in the order of the file: those that could not be read, then the others."""
        found = [*self.read_lines("unread"), *self.read_lines("refused")]
        yield from (Rejected(*one) for one in sorted(found, key=lambda one: one[0]))

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
