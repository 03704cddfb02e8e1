"""The directory and the page of one organisation."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from yanapay.directory.choices import Kind
from yanapay.directory.queries.facets import labels
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public import shown
from yanapay.mapping.queries.public.columns import VOCABULARIES
from yanapay.mapping.queries.public.listing import ORDERS, Filters, find, rows
from yanapay.mapping.rules.fields import FIGURES
from yanapay.web.http import page_of
from yanapay.web.public import facets
from yanapay.web.public.drawing import locator
from yanapay.web.public.pages import base_address, public, show, to, unless_changed
from yanapay.web.public.presenting import FILTER_OF, cards, link, linked_data, place_of

PAGE = 24
NAMES = {"name": gettext_lazy("By name"), "newest": gettext_lazy("Approved last")}
CODED = {
    "activity_lines": gettext_lazy("What it does"),
    "strength_codes": gettext_lazy("Strengths"),
    "need_codes": gettext_lazy("Needs"),
    "opportunity_codes": gettext_lazy("Opportunities"),
}
COUNTED = {
    "members_women": gettext_lazy("Members, women"),
    "members_men": gettext_lazy("Members, men"),
    "families": gettext_lazy("Families"),
    "workers": gettext_lazy("Workers"),
    "workers_women": gettext_lazy("Workers, women"),
    "workers_men": gettext_lazy("Workers, men"),
}


@public
@unless_changed
def directory(request: HttpRequest) -> HttpResponse:
    """Every organisation that is shown, cut by the filters in the address."""
    filters = Filters.read(request.GET)
    order = request.GET.get("sort", "")
    found = find(filters, order if order in ORDERS else "name")
    return show(request, "public/directory.html", listed(request, filters, found, order))


def listed(request: HttpRequest, filters: Filters, found: Any, order: str = "") -> dict[str, Any]:
    """What a list with its facets shows."""
    page = page_of(request, found.keys, PAGE)
    path, sorting = request.path, {"sort": order} if order in ORDERS[1:] else {}
    return {
        "page": page,
        "cards": cards(request, rows(list(page.object_list))),
        "filters": filters,
        "hidden": [*filters.without("q").given.items(), *sorting.items()],
        "panels": facets.panels(path, filters, found),
        "chips": facets.chips(path, filters, found.scheme),
        "schemes": facets.schemes(path, filters, found.scheme),
        "trail": facets.trail(path, filters),
        "orders": [
            (
                NAMES[one],
                facets.address(path, filters, sort=one.replace("name", "")),
                one == (order or "name"),
            )
            for one in ORDERS
        ],
        "query": filters.query(),
    }


@public
@unless_changed
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What one organisation agreed to show, or what a source published of it."""
    found = Entry.objects.public().select_related("area").prefetch_related("codes")
    entry = found.filter(slug=slug).first()
    if entry is None:
        raise Http404
    named = labels([*CODED, "macro_region"])
    address = base_address(request) + to(request, "organisation", entry.slug)
    context = {
        "entry": entry,
        "kind": Kind(entry.kind).label,
        "department": _department(entry),
        "place": place_of(entry, named),
        "is_external": shown.is_external(entry),
        "website": link(entry.website),
        "shown": _texts(entry),
        "figures": _figures(entry),
        "coded": _coded(request, entry, named),
        "networks": _networks(entry),
        "members": find(Filters(network=entry.slug)).keys[:PAGE],
        "members_url": f"{to(request, 'directory')}?network={entry.slug}",
        "linked_data": linked_data(entry, address),
        "drawing": locator(entry),
        "versions": entry.versions.count(),
    }
    return show(request, "public/organisation.html", context)


def _department(entry: Entry) -> str:
    return (entry.area.names or [entry.area.name])[0] if entry.area else ""


def _texts(entry: Entry) -> dict[str, Any]:
    """The texts of an entry, "" for those that it does not have."""
    names = (
        "description",
        "aims",
        "products",
        "address",
        "phone",
        "email",
        "start_year",
        "networks",
    )
    return {name: shown.shown(entry).get(name, "") for name in names}


def _figures(entry: Entry) -> list[tuple[Any, int]]:
    told = shown.shown(entry)
    return [(COUNTED[name], told[name]) for name in FIGURES if told.get(name) is not None]


def _coded(
    request: HttpRequest, entry: Entry, named: dict[tuple[str, str], str]
) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Title → (label, list of all that share it) for each vocabulary."""
    codes, path = shown.codes(entry), to(request, "directory")
    return [
        (
            title,
            [
                (named.get((vocabulary, code), code), f"{path}?{FILTER_OF[vocabulary]}={code}")
                for code in codes[vocabulary]
            ],
        )
        for vocabulary, title in CODED.items()
        if vocabulary in codes
    ]


def _networks(entry: Entry) -> list[Entry]:
    slugs = shown.codes(entry).get(VOCABULARIES["network"], [])
    return list(Entry.objects.public().filter(slug__in=slugs).order_by("name_key"))
