"""What the schemes are called and where they leave gaps, in the reader's language."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from yanapay.kernel.sizes.schemes import Scheme


@dataclass(frozen=True)
class Naming:
    """A scheme for people: title, place, the document that prints it, its gaps and overlaps."""

    title: str
    place: str
    source: str
    gaps: tuple[str, ...]


def naming_of(scheme: Scheme, language: str) -> Naming:
    """The words of a scheme in Spanish, or in English when the language starts so."""
    code = "en" if language.startswith("en") else "es"
    told = _words()["schemes"][scheme.id]
    source = _words()["sources"][scheme.source[:3]]
    return Naming(told["title"][code], told["place"][code], source[code], tuple(told["gaps"][code]))


@cache
def _words() -> dict[str, Any]:
    path = resources.files("yanapay.kernel") / "data/size_scheme_naming.json"
    words: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return words
