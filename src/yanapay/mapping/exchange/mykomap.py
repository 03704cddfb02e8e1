"""The public entries as a dataset for mykomap: ``config.json`` and ``standard.csv``."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _, override

from yanapay.directory.choices import Kind
from yanapay.directory.models import Term
from yanapay.mapping.exchange.public import entries, places_of, row_of
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public import shown
from yanapay.mapping.queries.public.columns import BY_ORGANISATION, columns, current_edition
from yanapay.mapping.queries.public.licence import licence
from yanapay.mapping.queries.public.listing import Filters, default_scheme
from yanapay.mapping.rules import mykomap
from yanapay.mapping.rules.mykomap import COLUMNS, MULTI, UNCLASSIFIED, Words
from yanapay.places.models import AreaGroup
from yanapay.places.queries import group_by_area

LANGUAGES = ("es", "en")
PERU = ((-81.5, -18.5), (-68.5, 0.1))
CONFIG, TABLE = "config.json", "standard.csv"


def write_dataset(folder: Path, filters: Filters | None = None) -> int:
    """Write both files into the folder, which is made; how many organisations there are."""
    folder.mkdir(parents=True, exist_ok=True)
    table, count = _table(filters or Filters())
    (folder / TABLE).write_text(table, encoding="utf-8", newline="")
    (folder / CONFIG).write_text(_config(), encoding="utf-8")
    return count


def write_archive(stream: BinaryIO, filters: Filters | None = None) -> int:
    """The same as one ZIP file."""
    table, count = _table(filters or Filters())
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CONFIG, _config())
        archive.writestr(TABLE, table)
    return count


def _table(filters: Filters) -> tuple[str, int]:
    text, count = io.StringIO(), 0
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS.values())
    for row in _rows(filters):
        writer.writerow(mykomap.cells(row))
        count += 1
    return text.getvalue(), count


def _rows(filters: Filters) -> Iterator[dict[str, Any]]:
    scheme = default_scheme(columns())
    groups = {} if scheme == BY_ORGANISATION else group_by_area(scheme)
    networks = dict(Entry.objects.public().values_list("slug", "name")) if _has_networks() else {}
    for entry in entries(filters):
        yield _properties(entry, groups, networks)


def _has_networks() -> bool:
    return bool(columns().facets["network"].values)


def _properties(
    entry: Entry, groups: dict[str, AreaGroup], networks: dict[str, str]
) -> dict[str, Any]:
    """Everything of an entry under the names of the dataset."""
    row, codes = row_of(entry), shown.codes(entry)
    return {
        **row,
        **{name: codes.get(name, []) for name in MULTI},
        "macro_region": _region(entry, codes, groups),
        "networks": [networks[slug] for slug in codes.get("network", ()) if slug in networks],
        "lat": row["latitude"],
        "lng": row["longitude"],
        "phone": row["public_phone"],
        "email": row["public_email"],
        **places_of(entry),
        "source": f"{entry.source}, {entry.source_date}" if shown.is_external(entry) else "",
    }


def _region(entry: Entry, codes: dict[str, list[str]], groups: dict[str, AreaGroup]) -> str:
    """One macro-region: that assigned to the organisation, or that of its place."""
    if not groups:
        return next(iter(codes.get("macro_region", ())), "")
    path = entry.area.path.split("/") if entry.area else []
    return next((groups[code].code for code in reversed(path) if code in groups), "")


def _config() -> str:
    words = {}
    for language in LANGUAGES:
        with override(language):
            words[language] = _words(language)
    updated = current_edition().changed_at or datetime(1970, 1, 1, tzinfo=UTC)
    config = mykomap.configuration(words, PERU, updated)
    return json.dumps(config, ensure_ascii=False, indent=2)


def _words(language: str) -> Words:
    labels = {name: _terms(name, language) for name in MULTI}
    labels["kind"] = {code: str(label) for code, label in Kind.choices}
    labels["macro_region"] = _regions(language) | {UNCLASSIFIED: _("Unclassified")}
    return Words(
        _("Directory of the social and solidarity economy"),
        _about(),
        _headings(),
        labels,
        _interface(),
    )


def _about() -> str:
    """Markdown, for the page "about" of the map."""
    terms = licence()
    said = [
        _("Organisations that agreed to be shown, and those that a cited source published."),
        _("Licence of the data: [{name}]({url}). Name: {attribution}.").format(
            name=terms.name, url=terms.url, attribution=terms.attribution
        ),
        _("Contact: {contact}").format(contact=terms.contact) if terms.contact else "",
    ]
    return "\n\n".join(filter(None, said))


def _terms(vocabulary: str, language: str) -> dict[str, str]:
    """The labels of a vocabulary, and of codes in use that it does not hold."""
    facet = {"activity_lines": "line"}.get(vocabulary, vocabulary.removesuffix("_codes"))
    used = {code: code for code in columns().facets[facet].values}
    rows = Term.objects.filter(vocabulary=vocabulary).order_by("code")
    return used | dict(rows.values_list("code", f"label_{language}"))


def _regions(language: str) -> dict[str, str]:
    scheme = default_scheme(columns())
    if scheme == BY_ORGANISATION:
        held = {code: code for code in columns().facets[f"scheme:{BY_ORGANISATION}"].values}
        rows = Term.objects.filter(vocabulary="macro_region").order_by("code")
        return held | dict(rows.values_list("code", f"label_{language}"))
    return dict(AreaGroup.objects.filter(scheme__code=scheme).values_list("code", "name"))


def _headings() -> dict[str, str]:
    return {
        "name": _("Name"),
        "acronym": _("Acronym"),
        "kind": _("Kind"),
        "macro_region": _("Macro-region"),
        "activity_lines": _("Activity"),
        "description": _("What it is"),
        "products": _("Products and services"),
        "strength_codes": _("Strengths"),
        "need_codes": _("Needs"),
        "opportunity_codes": _("Opportunities"),
        "networks": _("Networks"),
        "address": _("Address"),
        "district": _("District"),
        "department": _("Department"),
        "ubigeo": _("Code of the place"),
        "country": _("Country"),
        "website": _("Website"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "source": _("Source"),
    }


def _interface() -> dict[str, str]:
    return {
        "directory": _("Directory"),
        "search": _("Search"),
        "about": _("About"),
        "map": _("Map"),
        "any": _("Any"),
        "clear_search": _("Clear the search"),
        "apply_filters": _("Apply the filters"),
        "key": _("Legend"),
        "resize": _("Resize"),
        "no_location_available": _("No place given"),
        "matching_results_zero": _("No organisation matches"),
        "matching_results_one": _("{{count}} organisation matches"),
        "matching_results_other": _("{{count}} organisations match"),
        "directory_entries_zero": _("No organisations"),
        "directory_entries_one": _("{{count}} organisation"),
        "directory_entries_other": _("{{count}} organisations"),
    }
