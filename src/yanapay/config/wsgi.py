"""The WSGI application that granian serves."""

import os
import tempfile
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanapay.config.settings")
Environ = dict[str, Any]
Answer = Callable[..., Any]
_django = get_wsgi_application()
_PIECE = 1 << 20


def application(environ: Environ, start_response: Answer) -> Iterable[bytes]:
    """Django reads as many bytes as Content-Length tells; field devices send chunks and tell none."""
    if (
        "CONTENT_LENGTH" in environ
        or environ.get("HTTP_TRANSFER_ENCODING", "").lower() != "chunked"
    ):
        return _django(environ, start_response)
    limit = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    with tempfile.SpooledTemporaryFile(max_size=_PIECE) as body:
        size = _copy(environ["wsgi.input"], body, limit)
        if size > limit:
            start_response("413 Content Too Large", [("Content-Type", "text/plain")])
            return [b""]
        environ |= {"wsgi.input": body, "CONTENT_LENGTH": str(size)}
        return [b"".join(_django(environ, start_response))]


def _copy(source: Any, target: Any, limit: int) -> int:
    """Copy until the end, or until just past the limit; how much was read."""
    size = 0
    while size <= limit and (piece := source.read(_PIECE)):
        size += target.write(piece)
    target.seek(0)
    return size
