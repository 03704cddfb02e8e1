"""Bodies of requests that arrive whole, or not at all.

Django reads as many bytes as Content-Length tells. Field devices may send chunks and tell nothing; and when a
telephone loses its signal, the server ends the stream as if all had come. Half a photo must not pass for one.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

_PIECE = 1 << 20
_BOUNDARY = re.compile(r'multipart/.*boundary="?([^";]+)', re.IGNORECASE)


class TooLarge(Exception):
    """More came than the site takes."""


class CutOff(ConnectionAbortedError):
    """The client was gone before the end; Django turns this into UnreadablePostError."""


class Promised:
    """A stream of as many bytes as were promised; the reader learns when it ends before."""

    def __init__(self, source: Any, length: int) -> None:
        self._source, self._left = source, length

    def read(self, size: int = -1, /) -> bytes:
        return self._came(self._source.read(size), size)

    def readline(self, size: int = -1, /) -> bytes:
        return self._came(self._source.readline(size), size)

    def _came(self, piece: bytes, size: int) -> bytes:
        self._left -= len(piece)
        if not piece and size and self._left > 0:
            raise CutOff
        return piece


@contextmanager
def gathered(source: Any, content_type: str, limit: int) -> Iterator[tuple[IO[bytes], int]]:
    """A body of chunks as a file with its size. Of uploads the end is looked for: chunks promise no length."""
    with tempfile.SpooledTemporaryFile(max_size=_PIECE) as body:
        size = 0
        while size <= limit and (piece := source.read(_PIECE)):
            size += body.write(piece)
        if size > limit:
            raise TooLarge
        if boundary := _BOUNDARY.match(content_type):
            _find_end(body, size, boundary[1])
        body.seek(0)
        yield body, size


def _find_end(body: IO[bytes], size: int, boundary: str) -> None:
    end = f"--{boundary}--".encode("latin-1")
    body.seek(max(0, size - len(end) - 100))
    if end not in body.read():
        raise CutOff
