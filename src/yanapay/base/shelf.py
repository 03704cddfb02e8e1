"""Files kept by the digest of their bytes: the same content once, whole or not at all, on disk for good.

Whoever was told that a file is kept may pull the plug: its bytes and its name have reached the disk.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

_UNFINISHED = "coming-"


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
        if not place.exists():
            self._write(file, place)
        _flush(place.parent)  # also when another process moved it there a moment ago
        return digest.hexdigest()

    def drop(self, sha256: str) -> None:
        """Forget these bytes; the caller knows that nothing refers to them."""
        self.place(sha256).unlink(missing_ok=True)

    def _write(self, file: "File[bytes]", place: Path) -> None:
        if not place.parent.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            _flush(place.parent.parent)
        unfinished = tempfile.NamedTemporaryFile(dir=self.folder, prefix=_UNFINISHED, delete=False)  # noqa: SIM115
        try:
            with unfinished:
                for piece in file.chunks():
                    unfinished.write(piece)
                unfinished.flush()
                os.fsync(unfinished.fileno())
            Path(unfinished.name).replace(place)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
