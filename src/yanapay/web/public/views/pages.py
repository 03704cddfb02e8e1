"""About, privacy, support; and what machines look for: sitemap, robots."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yanapay.centres.models import Centre
from yanapay.directory.queries.facets import labels
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public.columns import columns
from yanapay.mapping.queries.public.support import Region, programme
from yanapay.web.public.facets import KINDS
from yanapay.web.public.pages import base_address, public, show, to
from yanapay.web.public.words import MEANINGS

SITEMAP = 20_000
"""Addresses in one file, each in two languages; a sitemap may hold 50,000."""
TOP = 6


@public
def about(request: HttpRequest) -> HttpResponse:
    """What the site is, what its words mean."""
    return show(
        request,
        "public/about.html",
        {"kinds": sorted(map(str, KINDS.values())), "meanings": MEANINGS},
    )


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, of whom, why, how long, and how to have it changed."""
    return show(request, "public/privacy.html", {"centres": _centres()})


def _centres() -> list[Centre]:
    return list(
        Centre.objects.filter(is_active=True).select_related("institution").order_by("name")[:50]
    )


@public
def support(request: HttpRequest) -> HttpResponse:
    """The support centre that the mapping recommends, region by region."""
    plan = programme()
    regions = [(region, to(request, "support_region", region.slug)) for region in plan.regions]
    return show(request, "public/support.html", {"plan": plan, "regions": regions})


@public
def support_region(request: HttpRequest, slug: str) -> HttpResponse:
    """Modules, visits and resources of one macro-region, beside the needs that its organisations name."""
    plan = programme()
    region = next((one for one in plan.regions if one.slug == slug), None)
    if region is None:
        raise Http404
    context = {
        "plan": plan, "region": region, "modules": [m for m in plan.modules if m.code in region.modules],
        "visits": [visit for visit in plan.visits if visit.region == slug],
        "needs": _needs(request, region), "directory_url": _list(request, region),
    }  # fmt: skip
    return show(request, "public/support_region.html", context)


def _needs(request: HttpRequest, region: Region) -> list[tuple[str, int, str]]:
    """(need, how many organisations of the region name it, their list), the most frequent first."""
    held = columns()
    facet = held.facets["scheme:ess_2018"]
    among = held.everything() & False
    for code in region.codes:
        among |= facet.mask(code, len(held.keys))
    counted = sorted(
        held.facets["need"].counts(among).items(), key=lambda item: (-item[1], item[0])
    )
    named = labels(["need_codes"])
    return [
        (named.get(("need_codes", code), code), n, f"{_list(request, region)}&need={code}")
        for code, n in counted[:TOP]
    ]


def _list(request: HttpRequest, region: Region) -> str:
    return f"{to(request, 'directory')}?scheme=ess_2018&region={region.codes[0]}"


@public
def missing(request: HttpRequest, **_: Any) -> HttpResponse:
    """Whatever else lies below the address of the site."""
    raise Http404


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome on the public site, and find nothing elsewhere."""
    lines = ("User-agent: *", "Allow: /public/", "Disallow: /public/data/", "Disallow: /public/en/data/",
             "Disallow: /", "", f"Sitemap: {base_address(request)}/sitemap.xml", "")  # fmt: skip
    return _kept(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@login_not_required
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap: as many files as there are addresses for."""
    numbers = range(1, Entry.objects.public().count() // SITEMAP + 2)
    context = {"base": base_address(request), "numbers": numbers}
    return _kept(render(request, "public/sitemap.xml", context, content_type="application/xml"))


@login_not_required
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """The addresses of some entries, and with the first of them the pages of the site."""
    start = (number - 1) * SITEMAP
    found = Entry.objects.public().order_by("pk").values_list("slug", "updated_at")
    rows = [(slug, moment.date()) for slug, moment in found[start : start + SITEMAP]]
    if not rows and number > 1:
        raise Http404
    context = {
        "base": base_address(request),
        "rows": rows,
        "pages": _pages() if number == 1 else [],
    }
    return _kept(
        render(request, "public/sitemap_part.xml", context, content_type="application/xml")
    )


def _pages() -> list[str]:
    return ["", "map/", "tables/", "support/", "data/", "about/", "privacy/", "register/"]


def _kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
