"""GeoJSON as RFC 7946 wants it: longitude first, outer rings against the clock, no null members. Pure."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Ring = Sequence[Sequence[float]]
Feature = dict[str, Any]
DECIMALS = 5
"""About a metre: more digits would promise what nobody measured."""


def collection(features: Iterable[Feature]) -> Feature:
    return {"type": "FeatureCollection", "features": list(features)}


def feature(geometry: Feature | None, properties: Mapping[str, Any], key: str = "") -> Feature:
    """Empty properties are left out; without a place the geometry is null, as the standard says."""
    told = {name: value for name, value in properties.items() if value not in ("", None, [])}
    whole: Feature = {"type": "Feature", "geometry": geometry, "properties": told}
    return {**whole, "id": key} if key else whole


def point(latitude: float | None, longitude: float | None) -> Feature | None:
    if latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [round(longitude, DECIMALS), round(latitude, DECIMALS)]}


def polygons(rings: Iterable[Ring]) -> Feature:
    """Each ring as a polygon of its own."""
    return {"type": "MultiPolygon", "coordinates": [[_against_the_clock(ring)] for ring in rings]}


def _against_the_clock(ring: Ring) -> list[list[float]]:
    closed = [list(place) for place in ring]
    if closed[0] != closed[-1]:
        closed.append(closed[0])
    return closed if signed_area(closed) > 0 else closed[::-1]


def signed_area(ring: Ring) -> float:
    """Twice the area; positive when the ring runs against the clock."""
    return sum(here[0] * there[1] - there[0] * here[1] for here, there in itertools.pairwise(ring))
