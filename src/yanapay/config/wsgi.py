"""The WSGI application that granian serves."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from yanapay.config.bodies import CutOff, Promised, TooLarge, gathered

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanapay.config.settings")
Environ = dict[str, Any]
Answer = Callable[..., Any]
_django = get_wsgi_application()


def application(environ: Environ, start_response: Answer) -> Iterable[bytes]:
    """Hand Django a body of known length that arrived whole, or says that it did not."""
    source = environ["wsgi.input"]
    if environ.get("CONTENT_LENGTH", "").isdigit():
        body = Promised(source, int(environ["CONTENT_LENGTH"]))
        return _django(environ | {"wsgi.input": body}, start_response)
    if environ.get("HTTP_TRANSFER_ENCODING", "").lower() != "chunked":
        return _django(environ, start_response)
    try:
        limit = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
        with gathered(source, environ.get("CONTENT_TYPE", ""), limit) as (whole, size):
            told = {"wsgi.input": whole, "CONTENT_LENGTH": str(size)}
            return [b"".join(_django(environ | told, start_response))]
    except TooLarge:
        return _refuse(start_response, "413 Content Too Large")
    except CutOff:
        return _refuse(start_response, "400 Bad Request")


def _refuse(start_response: Answer, status: str) -> list[bytes]:
    """In words that a field client takes too; a browser never sends chunks."""
    start_response(status, [("Content-Type", "text/plain"), ("X-OpenRosa-Version", "1.0")])
    return [b""]
