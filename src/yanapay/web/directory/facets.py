"""Facets and filters of the list, with their labels and the addresses that add or take them away."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from yanapay.accounts.models import User
from yanapay.centres.models import Centre
from yanapay.directory.choices import Kind, Status
from yanapay.directory.models import Organisation
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries import facets as counted
from yanapay.directory.queries.counting import Facet, Split
from yanapay.directory.queries.filters import VOCABULARIES, Filters
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.selecting import Selection
from yanapay.directory.queries.sizing import TooMany, read_size
from yanapay.kernel.keys import read_key
from yanapay.kernel.sizes import label_name
from yanapay.places.queries import activity_names, activity_tree, area_names, path_to
from yanapay.web.acting import say

TITLES = {
    "kind": gettext_lazy("Kind"),
    "status": gettext_lazy("State"),
    "area": gettext_lazy("Place"),
    "activity": gettext_lazy("Activity"),
    "network": gettext_lazy("Network"),
    "group": gettext_lazy("Macro-region"),
    "need": gettext_lazy("Needs"),
    "strength": gettext_lazy("Strengths"),
    "opportunity": gettext_lazy("Opportunities"),
    "centre": gettext_lazy("Centre"),
    "responsible": gettext_lazy("Responsible"),
    "size": gettext_lazy("Size by the law of the country"),
    "q": gettext_lazy("Text"),
}
COUNTED: dict[str, Callable[[OrganisationQuerySet, str], Facet]] = {
    "size": counted.sizes,
    "need": lambda among, chosen: counted.coded(among, "need", chosen),
    "strength": lambda among, chosen: counted.coded(among, "strength", chosen),
    "opportunity": lambda among, chosen: counted.coded(among, "opportunity", chosen),
}
FOR_CODES = 5_000  # above this many matches the codes are not counted: narrow the list first
FIRST = 8


@dataclass(frozen=True)
class Option:
    label: str
    url: str
    count: int | None
    checked: bool


@dataclass(frozen=True)
class Panel:
    """One facet as shown: the first options, and the rest to unfold."""

    title: Any
    options: list[Option] = field(default_factory=list)
    more: list[Option] = field(default_factory=list)


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@dataclass(frozen=True)
class Trail:
    """A chosen value with those above it, each with its list."""

    title: Any
    icon: str
    steps: list[tuple[str, str]]


def panels(asked: Selection, split: Split) -> list[Panel]:
    """All facets of the list, those without values left out."""
    found, filters = split.facets, asked.filters
    if 0 < split.total <= FOR_CODES:
        found += _codes(asked)
    elif split.total:
        found += [counted.uncounted_activities(filters.activity), _networks(asked)]
    return [_panel(facet, filters) for facet in found if facet.values]


def _codes(asked: Selection) -> list[Facet]:
    """The facets that look at each organisation; without one whose own filter alone keeps the list short."""
    everything = organisations(asked)
    found = [counted.activities(everything, asked.filters.activity), _networks(asked)]
    for name, count in COUNTED.items():
        chosen = getattr(asked.filters, name)
        with suppress(TooMany):
            among = organisations(asked.without(name)) if chosen else everything
            found.append(count(among, chosen))
    return found


def _networks(asked: Selection) -> Facet:
    return counted.networks(organisations(asked.without("network")), asked.filters.network)


def chips(filters: Filters) -> list[Chip]:
    """The filters in force, each with the list without it."""
    return [
        Chip(f"{TITLES[name]}: {names(name, [value])[value]}", address(filters.without(name)))
        for name, value in filters.given.items()
    ]


def address(filters: Filters, **more: str) -> str:
    query = filters.query(**more)
    return f"{reverse('directory:list')}?{query}" if query else reverse("directory:list")


def names(facet: str, values: Collection[str]) -> dict[str, str]:
    """What the values of a facet are called: looked up together, and only if there are any."""
    if not values:
        return {}
    if facet in VOCABULARIES:
        terms = counted.labels([VOCABULARIES[facet]])
        return {code: terms.get((VOCABULARIES[facet], code), code) for code in values}
    found = NAMED[facet](values) if facet in NAMED else {}
    return {value: found.get(value, value) for value in values}


def _sizes(values: Collection[str]) -> dict[str, str]:
    return {size: say(label_name(read_size(size))).capitalize() for size in values}


def _records(found: "QuerySet[Any]", values: Collection[str]) -> dict[str, str]:
    keys = {value: read_key(value) for value in values}
    rows = found.in_bulk([key for key in keys.values() if key])
    return {value: str(rows.get(key) or _("unknown")) for value, key in keys.items()}


def _labels(choices: type[TextChoices]) -> Callable[[Collection[str]], dict[str, str]]:
    labels = dict(choices.choices)
    return lambda codes: {code: str(labels.get(code, code)) for code in codes}


NAMED: dict[str, Callable[[Collection[str]], dict[str, str]]] = {
    "kind": _labels(Kind),
    "status": _labels(Status),
    "area": area_names,
    "activity": activity_names,
    "size": _sizes,
    "network": lambda keys: _records(Organisation.objects.live(), keys),
    "centre": lambda keys: _records(Centre.objects.all(), keys),
    "responsible": lambda keys: _records(User.objects.all(), keys),
}


def trails(filters: Filters) -> list[Trail]:
    """For the chosen place and the chosen activity the way back up."""
    found = []
    if filters.area:
        places = {one.code: one.name for one in path_to(filters.area)}
        found.append(_trail("area", "map-pin", _("Everywhere"), places, filters))
    if filters.activity:
        above = activity_names(activity_tree().path(filters.activity))
        found.append(_trail("activity", "briefcase", _("All activities"), above, filters))
    return found


def _trail(name: str, icon: str, everything: str, path: dict[str, str], filters: Filters) -> Trail:
    """``path`` names each code, the widest first."""
    steps = [(label, address(filters, **{name: code})) for code, label in path.items()]
    return Trail(TITLES[name], icon, [(everything, address(filters.without(name))), *steps])


def _panel(facet: Facet, filters: Filters) -> Panel:
    called = names(facet.name, [value.value for value in facet.values])
    without = address(filters.without(facet.name))
    options = [
        Option(
            called[value.value],
            without if value.is_chosen else address(filters, **{facet.name: value.value}),
            value.count,
            value.is_chosen,
        )
        for value in facet.values
    ]
    options.sort(key=lambda option: not option.checked)
    return Panel(TITLES[facet.name], options[:FIRST], options[FIRST:])
