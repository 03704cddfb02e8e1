"""The support centre of the solidarity economy (CESAS): modules, macro-regions, the travelling programme.

What ships is the proposal of the mapping's source. ``YANAPAY_HOME/support.json`` of the same form replaces it.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

SHIPPED = Path(__file__).parents[2] / "data/support.json"


@dataclass(frozen=True)
class Module:
    code: str
    title: str
    text: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Region:
    """A macro-region of the mapping; ``codes`` are those that organisations carry."""

    slug: str
    name: str
    codes: tuple[str, ...]
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Visit:
    region: str
    quarter: int
    place: str
    modules: tuple[str, ...]  # titles


@dataclass(frozen=True)
class Programme:
    source: str
    is_proposal: bool
    modules: tuple[Module, ...]
    regions: tuple[Region, ...]
    visits: tuple[Visit, ...]
    resources: tuple[tuple[str, str], ...]  # title, page of the site


def programme() -> Programme:
    """The programme in the reader's language."""
    own = Path(settings.YANAPAY_HOME) / "support.json"
    told = json.loads((own if own.exists() else SHIPPED).read_text("utf-8"))
    modules = tuple(
        Module(row["code"], said(row["title"]), said(row["text"]), tuple(row["needs"]))
        for row in told["modules"]
    )
    titles = {module.code: module.title for module in modules}
    return Programme(
        said(told["source"]), not own.exists(), modules,
        tuple(Region(row["slug"], said(row["name"]), tuple(row["codes"]), tuple(row["modules"]))
              for row in told["regions"]),
        tuple(Visit(row["region"], row["quarter"], row["place"], tuple(titles[code] for code in row["modules"]))
              for row in told["visits"]),
        tuple((said(row["title"]), row["page"]) for row in told["resources"]),
    )  # fmt: skip


def said(words: dict[str, Any]) -> str:
    """The words in the reader's language, in Spanish where there are no others."""
    return str(words.get((get_language() or "es")[:2]) or words["es"])
