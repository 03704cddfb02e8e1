"""The maps of the public site as drawings that stand in the page: no script, no other host."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public import shown
from yanapay.mapping.rules.drawing import Frame, bounds, class_of, radius, total_by
from yanapay.places.models import Area
from yanapay.places.queries import boundaries

WIDTH, SMALL = 460, 170
OFFSHORE = {"EC-W", "CO-SAP", "VE-W"}
"""Islands so far out that the mainland would shrink: the table beside the drawing counts them."""


@dataclass(frozen=True)
class Shape:
    """A department: its outline, how many organisations, and the class that its look tells."""

    code: str
    name: str
    outline: str
    count: int
    rank: int


@dataclass(frozen=True)
class Circle:
    """The organisations of a province, at its capital."""

    code: str
    name: str
    count: int
    x: int
    y: int
    r: float


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    shapes: list[Shape]
    circles: list[Circle]
    classes: list[tuple[int, int, int]]  # number, from, to


@dataclass(frozen=True)
class Locator:
    """A country with the department of an organisation marked, and the point where it is."""

    width: int
    height: int
    outlines: list[tuple[str, bool]]
    x: int
    y: int
    is_exact: bool


@cache
def frame(country: str, width: int) -> Frame:
    near = {code: rings for code, rings in boundaries(country).items() if code not in OFFSHORE}
    return Frame.around([ring for rings in near.values() for ring in rings], width)


@cache
def outlines(country: str, width: int) -> dict[str, str]:
    """ISO code of each first-level area → its path."""
    drawn = frame(country, width)
    found = boundaries(country).items()
    return {code: drawn.outline(rings) for code, rings in found if code not in OFFSHORE}


def choropleth(country: str, counts: Mapping[str, int]) -> Drawing | None:
    """The departments of a country by how many organisations they hold; None where we have no boundaries."""
    if not boundaries(country):
        return None
    drawn = frame(country, WIDTH)
    by_path = total_by(counts, 1)
    areas = list(Area.objects.filter(country=country, level=1).order_by("name_key"))
    edges = bounds(by_path.get(area.path, 0) for area in areas)
    paths = outlines(country, WIDTH)
    shapes = [
        Shape(area.code, area.name, paths[area.iso_code], n, class_of(n, edges))
        for area in areas if area.iso_code in paths for n in [by_path.get(area.path, 0)]
    ]  # fmt: skip
    classes = [
        (number, (edges[number - 2] + 1) if number > 1 else 1, edge)
        for number, edge in enumerate(edges, start=1)
    ]
    return Drawing(drawn.width, drawn.height, shapes, _circles(country, counts), classes)


def _circles(country: str, counts: Mapping[str, int]) -> list[Circle]:
    """The largest first, so that smaller ones lie on top and can be reached."""
    drawn = frame(country, WIDTH)
    by_path = {p: n for p, n in total_by(counts, 2).items() if p.startswith(f"{country}/")}
    areas = Area.objects.filter(path__in=by_path, latitude__isnull=False)
    most = max(by_path.values(), default=1)
    found = [
        Circle(area.code, area.name, by_path[area.path],
               *drawn.place(area.longitude or 0, area.latitude or 0), radius(by_path[area.path], most))
        for area in areas
    ]  # fmt: skip
    return sorted(found, key=lambda circle: (-circle.count, circle.code))


def locator(entry: Entry) -> Locator | None:
    """Where an organisation is: at its point, or else at the capital of its area."""
    area = entry.area
    country = area.country if area else entry.country
    point = shown.point(entry)
    latitude, longitude = point or ((area.latitude, area.longitude) if area else (None, None))
    if latitude is None or longitude is None or not boundaries(country):
        return None
    drawn = frame(country, SMALL)
    codes = Area.objects.filter(code=entry.department).values_list("iso_code", flat=True)
    marked = codes.first() or ""
    shapes = [(path, code == marked) for code, path in outlines(country, SMALL).items()]
    return Locator(
        drawn.width, drawn.height, shapes, *drawn.place(longitude, latitude), point is not None
    )
