"""The map: a table of counts, a drawing that needs no script, and files for the map that moves."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from yanapay.mapping.queries.public.listing import NOWHERE, Filters, counts_by_area, find, rows
from yanapay.mapping.rules import geojson
from yanapay.mapping.rules.drawing import bounds, class_of, total_by
from yanapay.places.models import Area
from yanapay.places.queries import area_names, boundaries
from yanapay.web.public import facets
from yanapay.web.public.drawing import choropleth
from yanapay.web.public.pages import public, show, to, unless_changed
from yanapay.web.public.presenting import share_of

PERU = "PE"
LISTED = 30


@public
@unless_changed
def show_map(request: HttpRequest) -> HttpResponse:
    """Where the organisations are, by department and province; those without a place are listed beside."""
    filters = Filters.read(request.GET)
    counts, path = counts_by_area(filters), to(request, "directory")
    country, countries = _country(request, counts)
    nowhere = filters.without("area")
    context = {
        "drawing": choropleth(country, counts),
        "rows": _departments(path, filters, country, counts),
        "total": sum(counts.values()),
        "country": country,
        "countries": [
            (code, name, facets.address(request.path, filters, country=code))
            for code, name in countries
        ],
        "chips": facets.chips(request.path, filters, filters.scheme),
        "query": filters.query(),
        "links": {
            "areas": _file(request, "areas", country, filters),
            "places": _file(request, "places", country, filters),
        },
        "without": counts.get("", 0),
        "without_share": share_of(counts.get("", 0), sum(counts.values())),
        "without_url": facets.address(path, nowhere, area=NOWHERE),
        "unplaced": rows(find(Filters(**{**nowhere.given, "area": NOWHERE})).keys[:LISTED])
        if counts.get("")
        else [],
        "list_url": facets.address(path, filters),
    }
    return show(request, "public/map.html", context)


@public
@unless_changed
def areas(request: HttpRequest) -> HttpResponse:
    """The departments of a country as GeoJSON, with how many organisations each holds."""
    filters = Filters.read(request.GET)
    counts = counts_by_area(filters)
    country, _ = _country(request, counts)
    by_path, outlines = total_by(counts, 1), boundaries(country)
    found = Area.objects.filter(country=country, level=1, iso_code__in=outlines)
    edges = bounds(by_path.values())
    return _geojson(
        geojson.feature(
            geojson.polygons(outlines[area.iso_code]),
            {
                **_told(request, filters, area, by_path.get(area.path, 0)),
                "rank": class_of(by_path.get(area.path, 0), edges),
            },
        )
        for area in found
    )


@public
@unless_changed
def places(request: HttpRequest) -> HttpResponse:
    """A point for each place of a country where organisations are, at its capital."""
    filters = Filters.read(request.GET)
    counts = counts_by_area(filters)
    country, _ = _country(request, counts)
    found = Area.objects.filter(path__in=counts, country=country, latitude__isnull=False)
    return _geojson(
        geojson.feature(
            geojson.point(area.latitude, area.longitude),
            _told(request, filters, area, counts[area.path]),
        )
        for area in found
    )


def _told(request: HttpRequest, filters: Filters, area: Area, n: int) -> dict[str, Any]:
    url = facets.address(to(request, "directory"), filters, area=area.code)
    return {"code": area.code, "name": area.name, "count": n, "url": url}


def _geojson(features: Iterable[dict[str, Any]]) -> JsonResponse:
    return JsonResponse(
        geojson.collection(features),
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


def _country(request: HttpRequest, counts: dict[str, int]) -> tuple[str, list[tuple[str, str]]]:
    """The country to draw, and all those where organisations are; Peru first."""
    codes = sorted({path[:2] for path in counts if path}, key=lambda code: (code != PERU, code))
    named = area_names(codes)
    asked = request.GET.get("country", "")
    chosen = asked if asked in codes or boundaries_of(asked) else (codes or [PERU])[0]
    return chosen, [(code, named.get(code, code)) for code in codes]


def boundaries_of(country: str) -> bool:
    return country.isalpha() and len(country) == 2 and bool(boundaries(country.upper()))


def _departments(
    path: str, filters: Filters, country: str, counts: dict[str, int]
) -> list[tuple[str, int, str, str]]:
    """(name, how many, share of all, list) of each first-level area, the fullest first."""
    by_path, total = total_by(counts, 1), sum(counts.values())
    found = [
        (area.name, n, share_of(n, total), facets.address(path, filters, area=area.code))
        for area in Area.objects.filter(country=country, level=1).order_by("name_key")
        for n in [by_path.get(area.path, 0)]
    ]
    return sorted(found, key=lambda row: -row[1])


def _file(request: HttpRequest, name: str, country: str, filters: Filters) -> str:
    return facets.address(to(request, f"map_{name}"), filters, country=country)
