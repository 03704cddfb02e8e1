"""A dataset for mykomap: the configuration and the cells of ``standard.csv``. Pure.

Its importer refuses or mistakes eleven things without a word (docs/domains/public.md). The two that decide the
form of this file: a code may not begin with a digit, and the field of its directory panel may never be empty.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yanapay.kernel.text import fold

UNCLASSIFIED = "sin_clasificar"
NAMESPACE = "https://yanapay.example/def"
"""Where our codes belong; the importer takes neither ports nor local hosts in such an address."""

PANEL = "macro_region"
COLUMNS = {  # property → header of the CSV
    "id": "Identifier",
    "name": "Name",
    "acronym": "Acronym",
    "kind": "Organisational Structure",
    "macro_region": "Macro Region",
    "activity_lines": "Activities",
    "description": "Description",
    "products": "Products",
    "strength_codes": "Strengths",
    "need_codes": "Needs",
    "opportunity_codes": "Opportunities",
    "networks": "Networks",
    "address": "Street Address",
    "district": "Locality",
    "department": "Region",
    "ubigeo": "Ubigeo",
    "country": "Country ID",
    "lat": "Latitude",
    "lng": "Longitude",
    "website": "Website",
    "phone": "Phone",
    "email": "Email",
    "source": "Source",
    "words": "Search Words",
}
VOCABULARIES = {  # property → prefix of its vocabulary
    "kind": "kind",
    "macro_region": "mr",
    "activity_lines": "al",
    "strength_codes": "st",
    "need_codes": "ne",
    "opportunity_codes": "op",
}
MULTI = ("activity_lines", "strength_codes", "need_codes", "opportunity_codes")
SEARCHED = ("name", "acronym", "words")
_NOT_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Words:
    """What a dataset says in one language: labels by property and code, and the terms of the interface."""

    title: str
    about: str
    headings: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    interface: Mapping[str, str]


def term(code: str) -> str:
    """The code as an XML name: no accents or blanks, and a letter in front.

    >>> term("Lima Centro"), term("15"), term("ñandú")
    ('Lima_Centro', 'c15', 'nandu')
    """
    flat = "".join(c for c in unicodedata.normalize("NFKD", code) if not unicodedata.combining(c))
    name = _NOT_NAME.sub("_", flat).strip("_.-") or "x"
    return name if name[0].isalpha() or name[0] == "_" else f"c{name}"


def multi(values: Iterable[str]) -> str:
    """Values in one cell, a semicolon or backslash within one escaped.

    >>> multi(["pan; queso", "a"])
    'pan\\\\; queso;a'
    """
    return ";".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def cells(row: Mapping[str, Any]) -> list[str]:
    """A row of ``standard.csv`` from the properties of an organisation, multiple ones as lists."""
    values = {name: row.get(name, "") for name in COLUMNS}
    for name in MULTI:
        values[name] = multi(term(code) for code in row.get(name, ()))
    values["networks"] = multi(row.get("networks", ()))
    values["kind"] = term(row["kind"])
    values[PANEL] = term(row.get(PANEL) or UNCLASSIFIED)
    values["words"] = fold(
        " ".join(str(row.get(n, "")) for n in ("name", "acronym", "description", "products"))
    )
    return [_number(values[n]) if n in {"lat", "lng"} else str(values[n]) for n in COLUMNS]


def _number(value: Any) -> str:
    """With a point and five decimals; blank where there is none, which is not the same as 0."""
    return "" if value in ("", None) else f"{float(value):.5f}"


def configuration(
    words: Mapping[str, Words], bounds: Sequence[Sequence[float]], updated: datetime
) -> dict[str, Any]:
    """``config.json`` in as many languages as there are words for; the first is the one it opens in."""
    first = next(iter(words.values()))
    interface = {
        language: {
            "title": said.title,
            "terms": {**said.interface, **said.headings, "about_content": said.about},
        }
        for language, said in words.items()
    }
    return {
        "prefixes": {f"{NAMESPACE}/{prefix}/": prefix for prefix in VOCABULARIES.values()},
        "languages": list(words),
        "ui": {
            "directory_panel_field": PANEL,
            "title": first.title,
            "dataLastUpdated": updated.isoformat(),
            "map": {"mapBounds": [list(corner) for corner in bounds]},
            "logo": {"altText": first.title},
        },
        "vocabs": {**_vocabularies(words), "ui": interface},
        "itemProps": {name: _property(name) for name in COLUMNS},
        "popup": _popup(),
    }


def _vocabularies(words: Mapping[str, Words]) -> dict[str, Any]:
    """Prefix → language → terms: every vocabulary in every language."""
    return {
        prefix: {
            language: {
                "title": said.headings[name],
                "terms": {term(code): label for code, label in said.labels[name].items()},
            }
            for language, said in words.items()
        }
        for name, prefix in VOCABULARIES.items()
    }


def _property(name: str) -> dict[str, Any]:
    told: dict[str, Any] = {"from": COLUMNS[name]}
    if name in {"lat", "lng"}:
        return {"type": "value", "as": "number", "nullable": True, **told}
    if name not in {"id", "words"}:
        told["titleUri"] = f"ui:{name}"
    if name in SEARCHED:
        told["search"] = True
    if name in MULTI:
        kind = {"type": "vocab", "uri": f"{VOCABULARIES[name]}:"}
        return {"type": "multi", "of": kind, "filter": True, **told}
    if name in VOCABULARIES:
        return {"type": "vocab", "uri": f"{VOCABULARIES[name]}:", "filter": True, **told}
    if name == "networks":
        return {"type": "multi", "of": {"type": "value", "as": "string"}, **told}
    return {"type": "value", "as": "string", "strict": name == "id", **told}


def _popup() -> dict[str, Any]:
    left = ("kind", "description", "activity_lines", "strength_codes", "need_codes")
    contact = {"address": "address", "phone": "text", "email": "text", "website": "hyperlink"}
    return {
        "titleProp": "name",
        "leftPane": [{"itemProp": name, "valueStyle": "text"} for name in left],
        "topRightPane": [{"itemProp": n, "valueStyle": style} for n, style in contact.items()],
        "bottomRightPane": [{"itemProp": n, "valueStyle": "text"} for n in ("networks", "source")],
    }
