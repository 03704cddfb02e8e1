"""The service worker: the built script, told which files the pages under ``/fill/`` are made of."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

NAMED = (
    "build/app.css",
    "build/app.js",
    "build/fill.css",
    "build/fill.js",
    "icons.svg",
    "favicon.svg",
    "mark.svg",
)
CHUNKS = "fill-*.js"  # their names hold a hash; scripts ask for them by these names
MAP = "fill-MapBlock"  # large, and few forms have a map: kept when it was shown once


@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Anybody's: it says nothing about anybody, and a redirect to the sign-in would break it."""
    built = finders.find("build/worker.js")
    if not isinstance(built, str):
        raise Http404
    response = HttpResponse(_script(Path(built)), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _script(built: Path) -> str:
    text = built.read_text()
    files = [reverse("surveys:fill"), *_files(built.parent)]
    version = hashlib.sha256(f"{files}{text}".encode()).hexdigest()[:12]
    return f"const FILES = {json.dumps(files)}, VERSION = {json.dumps(version)};\n{text}"


@cache
def _files(folder: Path) -> tuple[str, ...]:
    chunks = sorted(path.name for path in folder.glob(CHUNKS) if not path.name.startswith(MAP))
    base = settings.STATIC_URL
    return (*(static(name) for name in NAMED), *(f"{base}build/{name}" for name in chunks))
