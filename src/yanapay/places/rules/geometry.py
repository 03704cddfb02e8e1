"""Is a point inside a boundary, and how far outside. Plane geometry, good to about a kilometre."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, radians

Point = Sequence[float]  # longitude, latitude in degrees
Ring = Sequence[Point]
KM_PER_DEGREE = 111.2


def contains(rings: Sequence[Ring], latitude: float, longitude: float) -> bool:
    """Even-odd rule over all rings: islands count, holes do not."""
    crossings = (
        (y0 > latitude) != (y1 > latitude)
        and longitude < x0 + (latitude - y0) * (x1 - x0) / (y1 - y0)
        for (x0, y0), (x1, y1) in _edges(rings)
    )
    return sum(crossings) % 2 == 1


def kilometres_outside(rings: Sequence[Ring], latitude: float, longitude: float) -> float:
    """Distance to the boundary in kilometres; 0 inside it."""
    if contains(rings, latitude, longitude):
        return 0.0
    east, north = KM_PER_DEGREE * cos(radians(latitude)), KM_PER_DEGREE
    return min(
        _to_segment(
            (x0 - longitude) * east, (y0 - latitude) * north,
            (x1 - longitude) * east, (y1 - latitude) * north,
        )
        for (x0, y0), (x1, y1) in _edges(rings)
    )  # fmt: skip


def _edges(rings: Sequence[Ring]) -> Iterator[tuple[Point, Point]]:
    for ring in rings:
        yield from pairwise(ring)


def _to_segment(ax: float, ay: float, bx: float, by: float) -> float:
    """Distance from the origin to the segment a-b."""
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return hypot(ax + along * dx, ay + along * dy)
