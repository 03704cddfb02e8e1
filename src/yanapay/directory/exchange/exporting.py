"""Organisations written out under the canonical headers, so that an export can be taken in again.

Rows are read some thousand at a time and written as they come. ``audience`` decides what is shown:
``FULL`` holds everything, ``STAFF`` masks the tax ids and documents of natural persons. What the public
may have is written by ``mapping.exchange``, from the entries that the public sees.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import islice
from typing import Any, BinaryIO

from django.db.models import Prefetch, QuerySet

from yanapay.directory.choices import PersonRole
from yanapay.directory.models import Observation, Organisation, PersonRoleRecord
from yanapay.directory.rules.columns import IGNORED, TEMPLATE, VOCABULARIES
from yanapay.directory.rules.personal import masked
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import minor_digits
from yanapay.tabular.writing import FORMATS as TABLES, write_table

FORMATS = (*TABLES, "geojson")
COLUMNS = (*(name for name in TEMPLATE if name != "region"), "status", "centre")
_PLAIN = (
    "name", "trade_name", "acronym", "kind", "legal_form", "country", "address", "latitude", "longitude",
    "website", "start_date", "start_year", "status",
)  # fmt: skip
_AT_ONCE = 2_000


class Audience(Enum):
    """Who will read the file."""

    FULL = "full"
    STAFF = "staff"


def export_rows(
    queryset: "QuerySet[Organisation]", format: str, stream: BinaryIO,  # noqa: A002
    columns: Sequence[str] = COLUMNS, *, audience: Audience = Audience.STAFF,
) -> int:  # fmt: skip
    """Write the organisations as csv, xlsx, parquet or geojson; how many there were.

    ``columns`` are canonical headers.
    """
    if format not in FORMATS:
        raise RuleBroken("There is no export to {format}.", format=format)
    if unknown := [name for name in columns if name not in {*TEMPLATE, *IGNORED}]:
        raise RuleBroken("There is no column {column}.", column=unknown[0])
    cells = (row_of(organisation, audience) for organisation in _read(queryset))
    if format == "geojson":
        return _write_geojson(stream, columns, cells)
    return write_table(format, stream, columns, ([row[name] for name in columns] for row in cells))


def _read(queryset: "QuerySet[Organisation]") -> Iterator[Organisation]:
    """The organisations with all that their rows need, some thousand at a time."""
    ids = iter(queryset.order_by("pk").values_list("pk", flat=True).iterator(50_000))
    owners = PersonRoleRecord.objects.filter(role=PersonRole.OWNER, until=None).select_related(
        "person"
    )
    ready = Organisation.objects.select_related(
        "area", "centre", "provenance"
    ).prefetch_related(
        "identifiers", "further_areas__area", "attributes", "activities__activity",
        Prefetch("observations", Observation.objects.standing().newest_first()),
        Prefetch("people", owners.order_by("pk")),
    )  # fmt: skip
    while part := list(islice(ids, _AT_ONCE)):
        yield from ready.filter(pk__in=part).order_by("pk")


def row_of(organisation: Organisation, audience: Audience = Audience.STAFF) -> dict[str, Any]:
    """The cells of one organisation by canonical header; "" where nothing is known."""
    row: dict[str, Any] = dict.fromkeys((*TEMPLATE, *IGNORED), "")
    row |= {name: _plain(getattr(organisation, name)) for name in _PLAIN}
    row |= {
        "public_phone": organisation.phone,
        "public_email": organisation.email,
        "centre": organisation.centre.code,
    }
    row |= {
        "tax_id": _tax_id(organisation, audience),
        **_places(organisation),
        **_activity(organisation),
    }
    row |= _attributes(organisation)
    row |= {"phone": organisation.private_phone, "email": organisation.private_email}
    row["source_id"] = _source_key(organisation)
    row |= _figures(organisation)
    return row | _owner(organisation, audience)


def _plain(value: Any) -> Any:
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def _source_key(organisation: Organisation) -> str:
    provenance = getattr(organisation, "provenance", None)
    return (provenance.source_key or "") if provenance else ""


def _tax_id(organisation: Organisation, audience: Audience) -> str:
    for identifier in organisation.identifiers.all():
        if not identifier.is_personal or audience is Audience.FULL:
            return identifier.number
        return masked(identifier.number)
    return ""


def _places(organisation: Organisation) -> dict[str, str]:
    area = organisation.area
    if area is None:
        return {}
    further = [one.area.code for one in organisation.further_areas.all()]
    names = dict(zip(("department", "province", "district"), area.names, strict=False))
    return {"ubigeo": ";".join([area.code, *further]), **names}


def _activity(organisation: Organisation) -> dict[str, str]:
    for one in organisation.activities.all():
        return {"activity" if one.activity.revision == "4" else "isic_rev3": one.activity.code}
    return {}


def _attributes(organisation: Organisation) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one in organisation.attributes.all():
        found.setdefault(one.vocabulary, []).append(one.code)
    return {name: ";".join(found.get(name, ())) for name in VOCABULARIES}


def _figures(organisation: Organisation) -> dict[str, Any]:
    for one in organisation.observations.all():
        names = ("workers", "workers_women", "workers_men", "currency", "observed_on")
        return {
            **{name: _plain(getattr(one, name)) for name in names},
            "annual_sales": _amount(one.annual_sales, one.currency),
        }
    return {}


def _amount(minor: int | None, currency: str) -> str:
    if minor is None:
        return ""
    digits = minor_digits(currency)
    whole, rest = divmod(minor, 10**digits)
    return f"{whole}.{rest:0{digits}}" if digits else str(whole)


def _owner(organisation: Organisation, audience: Audience) -> dict[str, str]:
    for role in organisation.people.all():
        number = role.person.document_number
        number = number if audience is Audience.FULL else masked(number)
        return {
            "owner_name": role.person.name,
            "owner_sex": role.person.sex,
            "owner_document": number,
        }
    return {}


def _write_geojson(
    stream: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> int:
    """A FeatureCollection; organisations without a point have a null geometry."""
    stream.write(b'{"type": "FeatureCollection", "features": [')
    count = 0
    for row in rows:
        text = json.dumps(_feature(row, columns), ensure_ascii=False)
        stream.write((",\n" if count else "\n").encode() + text.encode())
        count += 1
    stream.write(b"\n]}\n")
    return count


def _feature(row: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    shown = {
        name: row[name]
        for name in columns
        if row[name] != "" and name not in {"latitude", "longitude"}
    }
    point = None
    if row["latitude"] != "" and {"latitude", "longitude"} <= set(columns):
        point = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    return {"type": "Feature", "geometry": point, "properties": shown}
