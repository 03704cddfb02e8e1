"""Drawn signatures and scanned papers: which bytes are kept. Pure."""

import base64
import binascii
from typing import Protocol

from yanapay.kernel.errors import RuleBroken

SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}
BEGINNINGS = {
    "image/png": b"\x89PNG\r\n",
    "image/jpeg": b"\xff\xd8\xff",
    "application/pdf": b"%PDF-",
}
LARGEST = 8 * 1024 * 1024
LARGEST_DRAWING = 200 * 1024
HEADER = "data:image/png;base64,"


class Readable(Protocol):
    """What is needed of a file."""

    @property
    def size(self) -> int: ...
    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, /) -> int: ...


def check_image(image: Readable, content_type: str) -> None:
    """Raise RuleBroken unless the bytes are what they say they are, and not too many."""
    expected = BEGINNINGS.get(content_type)
    image.seek(0)
    begins_well = expected is not None and image.read(8).startswith(expected)
    image.seek(0)
    if not begins_well:
        raise RuleBroken("Only a PDF, PNG or JPG can be kept as a signed paper.", field="image")
    if image.size > LARGEST:
        raise RuleBroken(
            "The file is larger than {limit} MB.", field="image", limit=LARGEST // 1024**2
        )


def drawing(text: str) -> bytes:
    """The PNG that a page sends as a data address; empty when nothing was drawn."""
    if not text:
        return b""
    try:
        drawn = base64.b64decode(text.removeprefix(HEADER), validate=True)
    except (binascii.Error, ValueError) as error:
        raise RuleBroken("The drawn signature could not be read. Type the name instead.") from error
    if len(drawn) > LARGEST_DRAWING or not drawn.startswith(BEGINNINGS["image/png"]):
        raise RuleBroken("The drawn signature could not be read. Type the name instead.")
    return drawn
