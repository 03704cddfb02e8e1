"""Cells of a sheet that show an error (#N/A, #REF!). The reader gives them as empty; a person must know.

Read from the sheet's XML, and only where a first look at its bytes finds such a cell.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from defusedxml.ElementTree import fromstring, iterparse

_ERROR_CELL = re.compile(rb"""\st=["']e["']""")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LOOK = 1 << 20
_OVERLAP = 8  # bytes: the mark may lie across two looks


def errors(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """(row, column), both from 0, → the error as the sheet shows it."""
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        return dict(_cells(archive, part)) if part and _has_errors(archive, part) else {}


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the sheet's XML in the archive; nothing in a binary workbook."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    keys = {
        element.get("name"): value
        for element in fromstring(archive.read("xl/workbook.xml")).iter()
        for name, value in element.attrib.items()
        if element.tag.endswith("}sheet") and name.endswith("}id")
    }
    targets = {
        r.get("Id"): r.get("Target") for r in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    part = posixpath.normpath(posixpath.join("/xl", targets.get(keys.get(sheet)) or "")).lstrip("/")
    return part if part in names else ""


def _has_errors(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as xml:
        before = b""
        while look := xml.read(_LOOK):
            if _ERROR_CELL.search(before + look):
                return True
            before = look[-_OVERLAP:]
    return False


def _cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    with archive.open(part) as xml:
        for _, element in iterparse(xml):
            kind = element.tag.rpartition("}")[2]
            if (
                kind == "c"
                and element.get("t") == "e"
                and (at := _CELL.fullmatch(element.get("r", "")))
            ):
                shown = element.findtext("{*}v") or "#N/A"
                yield (int(at[2]) - 1, _column(at[1])), shown
            elif kind == "row":
                element.clear()


def _column(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
