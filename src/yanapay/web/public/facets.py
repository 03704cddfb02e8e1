"""Facets and filters of the public directory, with labels and the addresses that add or take them away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from yanapay.directory.choices import Kind
from yanapay.directory.queries.facets import labels
from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public.columns import BY_ORGANISATION, VOCABULARIES
from yanapay.mapping.queries.public.listing import FACETS, NOWHERE, Filters, Found
from yanapay.places.models import AreaGroup, AreaScheme
from yanapay.places.queries import area_names, path_to
from yanapay.web.directory.facets import Chip, Option

TITLES = {
    "q": gettext_lazy("Text"),
    "kind": gettext_lazy("Kind"),
    "area": gettext_lazy("Place"),
    "region": gettext_lazy("Macro-region"),
    "line": gettext_lazy("Activity"),
    "need": gettext_lazy("Needs"),
    "strength": gettext_lazy("Strengths"),
    "opportunity": gettext_lazy("Opportunities"),
    "network": gettext_lazy("Network"),
    "state": gettext_lazy("Origin"),
}
FIRST = 6
REGION = "macro_region"
KINDS, STATES = dict(Kind.choices), dict(EntryState.choices)


@dataclass(frozen=True)
class Scheme:
    """A way of grouping places into macro-regions that a reader may choose."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Panel:
    """One facet as shown: the first options, and the rest to unfold."""

    name: str
    title: Any
    options: list[Option]
    more: list[Option]


class Naming:
    """What a value of a filter is called."""

    def __init__(self, filters: Filters, scheme: str, facets: dict[str, dict[str, int]]) -> None:
        self.terms = labels([*VOCABULARIES.values(), REGION])
        self.areas = area_names([*facets.get("area", ()), filters.area])
        self.networks = _networks([*facets.get("network", ()), filters.network])
        groups = AreaGroup.objects.filter(scheme__code=scheme)
        assigned = {code: label for (name, code), label in self.terms.items() if name == REGION}
        self.regions = (
            assigned if scheme == BY_ORGANISATION else dict(groups.values_list("code", "name"))
        )

    def __call__(self, name: str, value: str) -> str:
        named: dict[str, dict[str, Any]] = {
            "kind": KINDS,
            "state": STATES,
            "network": self.networks,
            "region": self.regions,
            "area": {**self.areas, NOWHERE: _("No place given")},
        }
        if name in named:
            return str(named[name].get(value, value))
        return self.terms.get((VOCABULARIES.get(name, ""), value), value)


def panels(path: str, filters: Filters, found: Found) -> list[Panel]:
    """All facets with at least one value, the chosen values first."""
    naming = Naming(filters, found.scheme, found.facets)
    return [
        _panel(path, filters, naming, name, counts)
        for name in FACETS
        if (counts := found.facets[name])
    ]


def chips(path: str, filters: Filters, scheme: str) -> list[Chip]:
    """The filters in force, each with the list without it."""
    given = [(name, value) for name, value in filters.given.items() if name != "scheme"]
    naming = Naming(filters, scheme, {}) if given else None
    return [
        Chip(f"{TITLES[name]}: {naming(name, value)}", address(path, filters.without(name)))
        for name, value in given
        if naming
    ]


def schemes(path: str, filters: Filters, chosen: str) -> list[Scheme]:
    """The schemes of macro-regions; another one begins without a region."""
    rows = AreaScheme.objects.order_by("code")
    return [
        Scheme(
            row.name, address(path, filters.without("region"), scheme=row.code), row.code == chosen
        )
        for row in rows
    ]


def trail(path: str, filters: Filters) -> list[tuple[str, str]]:
    """The chosen place and those above it, each with its list: the way back up."""
    if filters.area in {"", NOWHERE}:
        return []
    steps = [(one.name, address(path, filters, area=one.code)) for one in path_to(filters.area)]
    return [(_("Everywhere"), address(path, filters.without("area"))), *steps]


def address(path: str, filters: Filters, **more: str) -> str:
    query = filters.query(**more)
    return f"{path}?{query}" if query else path


def _panel(path: str, filters: Filters, naming: Naming, name: str, counts: dict[str, int]) -> Panel:
    chosen = getattr(filters, name)
    ordered = sorted(
        counts.items(),
        key=lambda item: (item[0] != chosen, item[0] == NOWHERE, -item[1], naming(name, item[0])),
    )
    options = [
        Option(naming(name, value), _toggle(path, filters, name, value), n, value == chosen)
        for value, n in ordered
    ]
    return Panel(name, TITLES[name], options[:FIRST], options[FIRST:])


def _toggle(path: str, filters: Filters, name: str, value: str) -> str:
    """The list with the value chosen, or without it when it is chosen already."""
    if getattr(filters, name) == value:
        return address(path, filters.without(name))
    return address(path, filters, **{name: value})


def _networks(slugs: Iterable[str]) -> dict[str, str]:
    wanted = set(filter(None, slugs))
    found = Entry.objects.public().filter(slug__in=wanted)
    return dict(found.values_list("slug", "name")) if wanted else {}
