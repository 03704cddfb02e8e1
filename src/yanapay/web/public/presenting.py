"""How an entry is told: its kind, place and lines in words, its website as a link that is safe to follow."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from yanapay.base.showing import percent
from yanapay.directory.choices import Kind
from yanapay.directory.queries.facets import labels
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public import shown
from yanapay.mapping.queries.public.columns import VOCABULARIES
from yanapay.web.public.pages import to

REGION = "macro_region"
_TYPES = {
    "ong": "NGO",
    "municipio": "GovernmentOrganization",
    "estado": "GovernmentOrganization",
    "universidad": "CollegeOrUniversity",
    "educacion": "EducationalOrganization",
    "medios": "NewsMediaOrganization",
    "salud": "MedicalOrganization",
}


@dataclass(frozen=True)
class Card:
    """An entry in a list."""

    entry: Entry
    url: str
    kind: str
    place: str
    lines: list[str]
    text: str
    is_external: bool

    @property
    def source(self) -> str:
        """The source with its year, which many sources bear in their name already."""
        source, day = self.entry.source, self.entry.source_date
        return source if day is None or str(day.year) in source else f"{source}, {day.year}"


def cards(request: HttpRequest, entries: Iterable[Entry]) -> list[Card]:
    named = labels(["activity_lines", REGION])
    return [_card(request, entry, named) for entry in entries]


def _card(request: HttpRequest, entry: Entry, named: dict[tuple[str, str], str]) -> Card:
    codes = shown.codes(entry).get("activity_lines", ())
    lines = [named.get(("activity_lines", code), code) for code in codes]
    return Card(
        entry,
        to(request, "organisation", entry.slug),
        str(Kind(entry.kind).label),
        place_of(entry, named),
        lines[:4],
        str(shown.shown(entry).get("description", "")),
        shown.is_external(entry),
    )


def place_of(entry: Entry, named: dict[tuple[str, str], str]) -> str:
    """The area; else the macro-region that the source names."""
    if entry.area:
        return entry.area.full_name
    return ", ".join(named.get((REGION, code), code) for code in shown.codes(entry).get(REGION, ()))


def link(website: str) -> str:
    """A website as an address; "" for whatever a browser should not open."""
    address = website if "://" in website else f"https://{website}"
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme in {"http", "https"} and "." in parts.netloc else ""


def linked_data(entry: Entry, address: str) -> SafeString:
    """schema.org's description of the organisation as JSON that may stand in a page."""
    told, point = shown.shown(entry), shown.point(entry)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(entry.kind, "Organization"),
        "@id": address,
        "name": entry.name,
        "alternateName": entry.acronym,
        "url": link(entry.website) or address,
        "description": told.get("description"),
        "telephone": told.get("phone"),
        "email": told.get("email"),
        "foundingDate": str(told.get("start_year") or ""),
        "address": _address(entry),
    }
    if point:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]}
    text = json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)  # noqa: S308  # nothing that ends a script element is left


def _address(entry: Entry) -> dict[str, str]:
    names = entry.area.names if entry.area else []
    found = {
        "streetAddress": str(shown.shown(entry).get("address", "")),
        "addressLocality": names[-1] if names else "",
        "addressRegion": names[0] if names else "",
        "addressCountry": entry.country,
    }
    return {"@type": "PostalAddress", **{name: value for name, value in found.items() if value}}


def share_of(n: int, total: int) -> str:
    """A part as a percentage; what is there is never 0 %."""
    if not n or not total:
        return "\N{EN DASH}"
    return percent(n / total) if n / total >= 0.005 else f"< {percent(0.01)}"


FILTER_OF = {vocabulary: name for name, vocabulary in VOCABULARIES.items()}
"""Vocabulary → the filter of the directory that cuts by it."""
