"""The backup file: a tar with the database, the uploaded files, and a manifest with a digest of each."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from yanapay.kernel.errors import RuleBroken, UnreadableFile

MANIFEST = "manifest.json"
FORMAT = 1
_TAKEN = "This file is not a backup, or it is damaged: {problem}"


@dataclass
class Manifest:
    """What a backup holds. ``schema`` is the last migration of each app; ``digests`` are SHA-256."""

    engine: str
    made_at: str
    version: str
    schema: dict[str, str]
    digests: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def pack(folder: Path, files: Path, manifest: Manifest, target: Path) -> None:
    """Write ``target`` from the dump in ``folder`` and the uploads in ``files``: whole or not at all."""
    if target.exists():
        raise RuleBroken("{path} exists already; a backup never overwrites one.", path=target)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as tar:
                _add(tar, folder, "database", manifest)
                _add(tar, files, "files", manifest)
                (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1))
                tar.add(folder / MANIFEST, MANIFEST)
            stream.flush()
            os.fsync(stream.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, folder: Path, name: str, manifest: Manifest) -> None:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = f"{name}/{path.relative_to(folder)}"
        manifest.digests[inside] = digest_of(path)
        tar.add(path, inside)


@contextmanager
def unpacked(source: Path, beside: Path) -> Iterator[tuple[Path, Manifest]]:
    """The contents of a backup in a folder on the disk of ``beside``, every digest proven."""
    with tempfile.TemporaryDirectory(dir=beside, prefix="restore-") as name:
        folder = Path(name)
        try:
            with tarfile.open(source) as tar:
                _extract(tar, folder)
            manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
        except (tarfile.TarError, KeyError, TypeError, ValueError, FileNotFoundError) as error:
            raise UnreadableFile(_TAKEN, problem=error) from error
        _prove(folder, manifest)
        yield folder, manifest


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    """Plain files below ``folder`` and nothing else, whatever the tar says."""
    for member in tar:
        target = (folder / member.name).resolve()
        stream = tar.extractfile(member)
        if stream is None or not target.is_relative_to(folder.resolve()):
            raise tarfile.TarError(member.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out)


def _prove(folder: Path, manifest: Manifest) -> None:
    for name, digest in manifest.digests.items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise UnreadableFile(_TAKEN, problem=name)


def digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
