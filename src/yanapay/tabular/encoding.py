"""What a text file is written in: its encoding and what separates its cells."""

import codecs
import csv
from collections.abc import Sequence
from pathlib import Path

from yanapay.kernel.errors import UnreadableFile

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UNDEFINED_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_BLOCK = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")


def detect_encoding(path: Path) -> str:
    """The Python name of the file's encoding.

    UTF-8 with stray bytes stays UTF-8, so that only the rows that hold them are refused; a file without
    any valid UTF-8 sequence is taken for Windows' cp1252.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    for bom, name in _BOMS.items():
        if start.startswith(bom):
            return name
    if b"\0" in start:
        return _utf16_without_bom(start)
    return "utf-8" if _is_utf8(path) else "cp1252"


def _utf16_without_bom(start: bytes) -> str:
    if start[1::2].count(0) > len(start) // 3:
        return "utf-16-le"
    if start[::2].count(0) > len(start) // 3:
        return "utf-16-be"
    raise UnreadableFile("This is not a text file: it holds bytes that no text has.")


def _is_utf8(path: Path) -> bool:
    """Whether valid UTF-8 sequences outnumber stray bytes."""
    valid = stray = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK) + file.readline():
            if block.isascii():
                continue
            text = block.decode("utf-8", "surrogateescape")
            broken = sum("\udc80" <= char <= "\udcff" for char in text) if not _clean(text) else 0
            stray += broken
            valid += len(block) - len(text)
    if stray > valid and _holds_undefined(path):
        raise UnreadableFile(
            "The text is written in an encoding that is not known here. Save the file as CSV UTF-8."
        )
    return valid >= stray


def _clean(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _holds_undefined(path: Path) -> bool:
    with path.open("rb") as file:
        return any(
            not _UNDEFINED_IN_CP1252.isdisjoint(block)
            for block in iter(lambda: file.read(_BLOCK), b"")
        )


def detect_delimiter(lines: Sequence[str]) -> str:
    """The separator that cuts the first lines into the most columns of equal number."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0][4]
    return max(_DELIMITERS, key=lambda delimiter: _regularity(lines, delimiter))


def _regularity(lines: Sequence[str], delimiter: str) -> float:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0
    if not widths or max(widths) == 1:
        return 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return usual * widths.count(usual) / len(widths)
