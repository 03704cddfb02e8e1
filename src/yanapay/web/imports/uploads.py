"""Files between upload and check: kept for a day, for the user who sent them."""

import secrets
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from yanapay.kernel.errors import NotFound

A_DAY = 24 * 60 * 60
LIMIT_MB = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024


def keep(sent: "UploadedFile[bytes]", user_id: int) -> str:
    """Write the file to disk and return its token; files that nobody came back for are removed."""
    folder = _folder(user_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(folder)
    token = secrets.token_urlsafe(12)
    place = folder / token
    place.mkdir(mode=0o700)
    with (place / Path(sent.name or "file").name).open("wb") as target:
        for chunk in sent.chunks():
            target.write(chunk)
    return token


def path_of(token: str, user_id: int) -> Path:
    """The file behind a token of this user; NotFound when it is gone."""
    place = _folder(user_id) / Path(token).name
    found = sorted(place.iterdir()) if place.is_dir() else []
    if not found:
        raise NotFound("This upload is no longer here. Send the file again.")
    return found[0]


def drop(token: str, user_id: int) -> None:
    """Forget an upload."""
    shutil.rmtree(_folder(user_id) / Path(token).name, ignore_errors=True)


def _folder(user_id: int) -> Path:
    return Path(settings.YANAPAY_HOME) / "uploads" / str(user_id)


def _sweep(folder: Path) -> None:
    for place in folder.iterdir():
        if time.time() - place.stat().st_mtime > A_DAY:
            shutil.rmtree(place, ignore_errors=True)
