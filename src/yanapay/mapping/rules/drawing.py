"""A country as a drawing: outlines in whole pixels, classes of a choropleth, sizes of circles. Pure."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

Point = Sequence[float]
Ring = Sequence[Point]


@dataclass(frozen=True)
class Frame:
    """Where degrees fall on a drawing: north is up, and a kilometre is as long eastwards as northwards."""

    west: float
    north: float
    across: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, rings: Iterable[Ring], width: int, margin: int = 4) -> "Frame":
        points = [point for ring in rings for point in ring]
        east, west = max(p[0] for p in points), min(p[0] for p in points)
        north, south = max(p[1] for p in points), min(p[1] for p in points)
        across = cos(radians((north + south) / 2))
        scale = (width - 2 * margin) / ((east - west) * across)
        height = round((north - south) * scale) + 2 * margin
        edge = margin / scale
        return cls(west - edge / across, north + edge, across, scale, width, height)

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        x = (longitude - self.west) * self.across * self.scale
        return round(x), round((self.north - latitude) * self.scale)

    def outline(self, rings: Iterable[Ring]) -> str:
        """The path of an area; points that fall on one pixel are drawn once, specks not at all."""
        return "".join(_path([self.place(p[0], p[1]) for p in ring]) for ring in rings)


def _path(points: list[tuple[int, int]]) -> str:
    """Relative moves: short, and alike enough to compress well."""
    kept = [
        points[0],
        *(here for before, here in itertools.pairwise(points) if here != before),
    ]
    if len(kept) < 4:
        return ""
    moves = (
        f"{x - x0} {y - y0}" for (x0, y0), (x, y) in itertools.pairwise(kept)
    )  # the end of a ring is its beginning
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(moves)}z".replace(" -", "-")


def bounds(counts: Iterable[int], classes: int = 4) -> list[int]:
    """The greatest count of each class above nothing, so that classes hold about as many areas each.

    >>> bounds([1, 1, 2, 3, 5, 8, 13, 0])
    [1, 3, 5, 13]
    """
    held = sorted(n for n in counts if n > 0)
    if not held:
        return []
    edges = [held[max(0, round(len(held) * part / classes) - 1)] for part in range(1, classes + 1)]
    return sorted({*edges, held[-1]})


def class_of(count: int, edges: Sequence[int]) -> int:
    """0 for nothing, else the number of the class, 1 for the smallest."""
    if count <= 0:
        return 0
    return next(number for number, edge in enumerate(edges, start=1) if count <= edge)


def radius(count: int, most: int, largest: float = 14, smallest: float = 2.5) -> float:
    """Of a circle whose area stands for the count."""
    return round(max(smallest, largest * sqrt(count / most)), 1)


def total_by(counts: Mapping[str, int], depth: int) -> dict[str, int]:
    """Counts by path of area summed at a depth (1 department, 2 province); shallower ones stay.

    >>> total_by({"PE/12/1201/120114": 2, "PE/12/1201": 1, "PE/12": 4}, 2)
    {'PE/12/1201': 3, 'PE/12': 4}
    """
    totals: dict[str, int] = {}
    for path, n in counts.items():
        key = "/".join(path.split("/")[: depth + 1])
        totals[key] = totals.get(key, 0) + n
    return totals
