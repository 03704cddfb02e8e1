"""The public entries as files: what the public site shows, and nothing else.

Headers are those of the directory's own import where they say the same, so that another installation can take
the file in. Codes stand as they are published; their labels are in the vocabularies beside the download.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public import shown
from yanapay.mapping.queries.public.columns import VOCABULARIES
from yanapay.mapping.queries.public.licence import licence
from yanapay.mapping.queries.public.listing import Filters, find
from yanapay.mapping.rules import geojson
from yanapay.mapping.rules.fields import FIGURES
from yanapay.tabular.writing import FORMATS as TABLES, write_table

FORMATS = (*TABLES, "geojson")
CODED = (
    "activity_lines",
    "need_codes",
    "strength_codes",
    "opportunity_codes",
    "macro_region",
    VOCABULARIES["network"],
)
TEXTS = ("description", "aims", "products")
COLUMNS = (
    "id",
    "name",
    "acronym",
    "kind",
    "state",
    "country",
    "ubigeo",
    "department",
    "province",
    "district",
    "address",
    "latitude",
    "longitude",
    "precision",
    "public_phone",
    "public_email",
    "website",
    "start_year",
    *CODED,
    *FIGURES,
    *TEXTS,
    "source",
    "source_date",
    "told_on",
    "approved_on",
    "confirmed_on",
)
_SHOWN = {"public_phone": "phone", "public_email": "email"} | {
    name: name for name in ("address", "start_year", *FIGURES, *TEXTS)
}  # column → field
_AT_ONCE = 2_000


def write_entries(format: str, stream: BinaryIO, filters: Filters | None = None) -> int:  # noqa: A002
    """Write what the filters leave as csv, xlsx, parquet or geojson; how many there were."""
    if format not in FORMATS:
        raise RuleBroken("There is no export to {format}.", format=format)
    rows = map(row_of, entries(filters or Filters()))
    if format == "geojson":
        return _write_geojson(stream, rows)
    return write_table(format, stream, COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


def entries(filters: Filters) -> Iterator[Entry]:
    """The entries that the filters leave, in order of name, some thousand at a time."""
    keys = iter(find(filters).keys)
    ready = Entry.objects.public().select_related("area").prefetch_related("codes")
    while part := list(islice(keys, _AT_ONCE)):
        found = ready.in_bulk(part)
        yield from (found[key] for key in part if key in found)


def row_of(entry: Entry) -> dict[str, Any]:
    """The cells of an entry; "" where nothing is shown. Of an external entry only what its source said."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    row |= {
        "id": entry.slug,
        "name": entry.name,
        "acronym": entry.acronym,
        "kind": entry.kind,
        "state": entry.state,
        "country": entry.country,
        "website": entry.website,
        "source": entry.source,
        **places_of(entry),
        **_days(entry, ("source_date", "told_on", "approved_on", "confirmed_on")),
        **{name: ";".join(codes) for name, codes in shown.codes(entry).items() if name in CODED},
    }
    if point := shown.point(entry):
        row |= {"latitude": point[0], "longitude": point[1], "precision": entry.precision}
    told = shown.shown(entry)
    return row | {column: _plain(told.get(field)) for column, field in _SHOWN.items()}


def places_of(entry: Entry) -> dict[str, str]:
    """Code and names of the area; of other countries only the first level has a name."""
    if entry.area is None:
        return {"ubigeo": ""}
    names = dict(zip(("department", "province", "district"), entry.area.names, strict=False))
    return {"ubigeo": entry.area.code, **names}


def _days(entry: Entry, names: Sequence[str]) -> dict[str, str]:
    return {name: day.isoformat() for name in names if (day := getattr(entry, name))}


def _plain(value: Any) -> Any:
    return "" if value is None else value


def _write_geojson(stream: BinaryIO, rows: Iterator[dict[str, Any]]) -> int:
    """A FeatureCollection that names its licence, written as it comes; without a point a null geometry."""
    terms = licence()
    told = {"license": terms.name, "license_url": terms.url, "attribution": terms.attribution,
            "contact": terms.contact}  # fmt: skip
    head = ", ".join(f"{json.dumps(n)}: {json.dumps(v)}" for n, v in told.items() if v)
    stream.write(f'{{"type": "FeatureCollection", {head}, "features": ['.encode())
    count = 0
    for row in rows:
        place = geojson.point(row.pop("latitude") or None, row.pop("longitude") or None)
        text = json.dumps(geojson.feature(place, row, row["id"]), ensure_ascii=False)
        stream.write((",\n" if count else "\n").encode() + text.encode())
        count += 1
    stream.write(b"\n]}\n")
    return count
