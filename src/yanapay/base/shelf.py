"""Files kept by the digest of their bytes: the same content once, whole or not at all, on disk for good.

Whoever was told that a file is kept may pull the plug: its bytes and its name have reached the disk.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

Wanted = Callable[[list[str]], Collection[str]]
"""Of some digests, those that something refers to."""
_UNFINISHED, _LEAVING = "coming-", "leaving-"


@dataclass(frozen=True)
class Shelf:
    """A folder below ``files/``; 256 folders in it, so that none grows too long to list."""

    name: str

    @property
    def folder(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.name

    def place(self, sha256: str) -> Path:
        """Where the bytes with this digest stand, or would."""
        return self.folder / sha256[:2] / sha256

    def keep(self, file: "File[bytes]") -> str:
        """Write beside the place, then move there whole; the digest, once all of it is on disk."""
        digest = hashlib.sha256()
        for piece in file.chunks():
            digest.update(piece)
        place = self.place(digest.hexdigest())
        if not _touch(place):
            self._write(file, place)
        _flush(place.parent)  # also when another process moved it there a moment ago
        return digest.hexdigest()

    def drop(self, sha256: str) -> None:
        """Forget these bytes; the caller knows that nothing refers to them."""
        self.place(sha256).unlink(missing_ok=True)

    def parts(self) -> list[str]:
        """The folders of the shelf."""
        return sorted(part.name for part in self.folder.glob("??"))

    def tidy(self, before: float) -> None:
        """Remove what was left half written at that time, and put back what a sweep had in its hand."""
        for left in self.folder.glob(f"{_LEAVING}*"):
            left.replace(self.place(left.name.removeprefix(_LEAVING)))
        for unfinished in self.folder.glob(f"{_UNFINISHED}*"):
            if unfinished.stat().st_mtime < before:
                unfinished.unlink(missing_ok=True)

    def sweep(self, part: str, before: float, wanted: Wanted) -> int:
        """Remove from one folder what nobody kept since that time and nothing refers to; how many files.

        Whoever keeps bytes commits what refers to them within minutes, so ``before`` is long ago.
        """
        places = (self.folder / part).iterdir()
        old = [place.name for place in places if place.stat().st_mtime < before]
        unwanted = set(old).difference(wanted(old)) if old else ()
        return sum(self._leaves(self.place(sha256), before) for sha256 in unwanted)

    def _leaves(self, place: Path, before: float) -> bool:
        """Moved aside first: whoever keeps these bytes now has touched them, or finds none and writes them."""
        aside = self.folder / f"{_LEAVING}{place.name}"
        place.replace(aside)
        if aside.stat().st_mtime >= before:
            aside.replace(place)
            return False
        aside.unlink()
        return True

    def _write(self, file: "File[bytes]", place: Path) -> None:
        if not place.parent.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            _flush(place.parent.parent)
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=_UNFINISHED)
        unfinished = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as coming:
                coming.writelines(file.chunks())
                coming.flush()
                os.fsync(descriptor)
            unfinished.replace(place)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _touch(place: Path) -> bool:
    """Whether the file is there; a sweep takes it for new from now on."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
