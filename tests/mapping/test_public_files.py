"""Downloads: what they hold, and GeoJSON as RFC 7946 wants it."""

import csv
import io
import json
from typing import Any

import pyarrow.parquet
import pytest
from django.test import Client
from tests.factories.entries import make_entry, make_external
from tests.factories.places import place

from yanapay.mapping.exchange.public import COLUMNS, write_entries
from yanapay.mapping.queries.public.listing import Filters
from yanapay.mapping.rules.fields import PEOPLE
from yanapay.mapping.rules.geojson import signed_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> None:
    make_external("Red", phone="999000111", description="secreto", latitude=-1.0, longitude=-2.0)
    make_entry("Retirada", state="unpublished")
    make_entry(
        "Ñaña", area=place("120114"), latitude=-12.0512345, longitude=-75.2, phone="=1+1", members_women=3,
        description="Queso; yogur", need_codes=["credito", "mercado"],
    )  # fmt: skip


def written(kind: str, filters: Filters | None = None) -> bytes:
    stream = io.BytesIO()
    write_entries(kind, stream, filters)
    return stream.getvalue()


def test_a_spreadsheet_holds_what_is_shown_and_nothing_else(entries: None) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv").decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["Ñaña", "Red"]
    assert (rows[0]["district"], rows[0]["need_codes"], rows[0]["members_women"]) == (
        "El Tambo",
        "credito;mercado",
        "3",
    )
    assert rows[0]["public_phone"] == "'=1+1"
    told = {name for name, value in rows[1].items() if value}
    assert told == {
        "id",
        "name",
        "kind",
        "state",
        "country",
        "source",
        "source_date",
        "approved_on",
    }
    assert not set(COLUMNS) & {*PEOPLE, "tax_id", "private_phone", "private_email"}


def test_parquet_and_workbook_open(entries: None) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written("parquet")))
    assert table.num_rows == 2
    assert written("xlsx")[:2] == b"PK"


def test_geojson_is_rfc_7946(entries: None) -> None:
    data = json.loads(written("geojson"))
    assert set(data) == {"type", "license", "license_url", "attribution", "features"}
    assert data["type"] == "FeatureCollection"
    for feature in data["features"]:
        check_feature(feature)
    placed, external = data["features"]
    assert placed["geometry"] == {"type": "Point", "coordinates": [-75.2, -12.05123]}
    assert (external["geometry"], external["id"]) == (None, "red")


def test_boundaries_are_rfc_7946_too(entries: None) -> None:
    data = Client().get("/public/map/areas.geojson").json()
    assert len(data["features"]) == 25
    for feature in data["features"]:
        check_feature(feature)


def check_feature(feature: dict[str, Any]) -> None:
    """Members, and the position, order and turn of coordinates that the standard asks for."""
    assert (
        {"type", "geometry", "properties"}
        <= set(feature)
        <= {"type", "geometry", "properties", "id"}
    )
    assert feature["type"] == "Feature"
    assert all(value not in ("", None) for value in feature["properties"].values())
    geometry = feature["geometry"]
    if geometry is None:
        return
    assert set(geometry) == {"type", "coordinates"}
    if geometry["type"] == "Point":
        check_position(geometry["coordinates"])
    for polygon in geometry["coordinates"] if geometry["type"] == "MultiPolygon" else []:
        for ring in polygon:
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            assert signed_area(ring) > 0, "an outer ring runs against the clock"
            for position in ring:
                check_position(position)


def check_position(position: list[float]) -> None:
    longitude, latitude = position
    assert -180 <= longitude <= 180
    assert -90 <= latitude <= 90
    assert longitude < -50, "longitude comes first in Peru"


def test_filters_cut_the_file(entries: None) -> None:
    assert b"Red" not in written("csv", Filters(state="published"))


def test_downloads_are_kept_until_something_changes(entries: None) -> None:
    first = Client().get("/public/data/organisations.csv")
    assert first["Content-Disposition"] == 'attachment; filename="organisations.csv"'
    assert b"".join(first) == written("csv")
    again = Client().get("/public/data/organisations.csv", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    make_entry("Nueva")
    assert b"Nueva" in b"".join(Client().get("/public/data/organisations.csv"))


@pytest.mark.parametrize(
    "name", ["organisations.xlsx", "organisations.parquet", "organisations.geojson", "mykomap.zip"]
)
def test_every_file_downloads(entries: None, name: str) -> None:
    assert len(b"".join(Client().get(f"/public/data/{name}?kind=cooperativa"))) > 100


@pytest.mark.parametrize("name", ["organisations.exe", "..%2Fsecret_key", "x"])
def test_other_names_are_no_files(name: str) -> None:
    assert Client().get(f"/public/data/{name}").status_code == 404
