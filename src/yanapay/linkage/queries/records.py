"""The rows that linkage compares, on their way from the database to DuckDB by Arrow."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa
from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from yanapay.directory.choices import PersonRole
from yanapay.directory.models import (
    Identifier,
    Organisation,
    OrganisationActivity,
    PersonRoleRecord,
)

CHUNK = 50_000


def load(con: duckdb.DuckDBPyConnection, centre_id: int | None) -> None:
    """Table ``organisation`` in DuckDB: the live clients of a centre (of all when None), as text.

    Only the columns that are compared leave the database, a chunk of rows at a time.
    """
    live = Organisation.objects.live()
    found = live if centre_id is None else live.filter(centre=centre_id)
    stream = found.values_list("pk", *_COMPARED.values()).iterator(chunk_size=CHUNK)
    con.register("chunk", _SCHEMA.empty_table())
    con.execute("CREATE TABLE organisation AS FROM chunk").fetchall()
    for batch in _batches(stream):  # not as one stream: DuckDB would read it in a thread of its own
        con.register("chunk", batch)
        con.execute("INSERT INTO organisation FROM chunk").fetchall()
    con.unregister("chunk")


def _batches(stream: Iterable[tuple[Any, ...]]) -> Iterator[pa.Table]:
    rows = iter(stream)
    while chunk := list(islice(rows, CHUNK)):
        columns = zip(zip(*chunk, strict=True), _SCHEMA, strict=True)
        yield pa.table([pa.array(column, field.type) for column, field in columns], schema=_SCHEMA)


def _text(expression: Any) -> Coalesce:
    return Coalesce(Cast(expression, TextField()), Value(""), output_field=TextField())


def _first(queryset: QuerySet[Any], field: str) -> Subquery:
    return Subquery(queryset.filter(organisation=OuterRef("pk")).order_by("pk").values(field)[:1])


_COMPARED = {
    "source_key": _text(F("provenance__source_key")),
    "name": _text(F("name")),
    "trade_name": _text(F("trade_name")),
    "phone": _text(Concat(F("private_phone"), Value(" / "), F("phone"))),
    "tax_id": _text(_first(Identifier.objects.all(), "number")),
    "area": _text(F("area__code")),
    "address": _text(F("address")),
    "activity": _text(_first(OrganisationActivity.objects.filter(is_main=True), "activity__code")),
    "latitude": _text(F("latitude")),
    "longitude": _text(F("longitude")),
    "owner": _text(_first(PersonRoleRecord.objects.filter(role=PersonRole.OWNER), "person__name")),
}
_SCHEMA = pa.schema([("id", pa.int64()), *((name, pa.string()) for name in _COMPARED)])
