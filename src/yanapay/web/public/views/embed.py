"""A piece of the directory for somebody else's page, and the code that puts it there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from yanapay.mapping.queries.public.licence import licence
from yanapay.mapping.queries.public.listing import Filters, counts_by_area, find
from yanapay.web.public import facets
from yanapay.web.public.drawing import choropleth
from yanapay.web.public.pages import base_address, public, show, to, unless_changed
from yanapay.web.public.views.directory import listed

HEIGHT = 560
SHOWN = ("list", "map")


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Any site may show the page in a frame; no other page of ours allows it."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        policy = settings.CONTENT_SECURITY_POLICY
        response.headers["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", "frame-ancestors *"
        )
        return response

    return xframe_options_exempt(page)


@public
@framed
@unless_changed
def embed(request: HttpRequest) -> HttpResponse:
    """The list or the map by the filters of the address, without the frame of the site."""
    filters = Filters.read(request.GET)
    found = find(filters)
    context = listed(request, filters, found) | {
        "is_map": request.GET.get("show") == "map",
        "drawing": choropleth("PE", counts_by_area(filters)),
        "list_url": facets.address(to(request, "directory"), filters),
        "licence": licence(),
    }
    return show(request, "public/embed.html", context)


@public
@unless_changed
def embed_code(request: HttpRequest) -> HttpResponse:
    """The code to copy, with the piece as it will look."""
    filters = Filters.read(request.GET)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else SHOWN[0]
    address = facets.address(to(request, "embed"), filters, show=shown)
    found = find(filters)
    context = {
        "address": address,
        "absolute": base_address(request) + address,
        "height": HEIGHT,
        "shown": shown,
        "panels": [
            p
            for p in facets.panels(request.path, filters, found)
            if p.name in {"kind", "area", "line"}
        ],
        "chips": facets.chips(request.path, filters, found.scheme),
        "schemes": [],
        "trail": [],
        "ways": [
            (one, facets.address(request.path, filters, show=one), one == shown) for one in SHOWN
        ],
        "count": len(found.keys),
    }
    return show(request, "public/embed_code.html", context)
