"""Facets and filters of the list, with their labels and the addresses that add or take them away."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

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
from yanapay.places.choices import Revision
from yanapay.places.models import ActivityCode, Area
from yanapay.places.queries import activity_tree, path_to
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
    naming = Naming(found, filters)
    return [_panel(facet, filters, naming) for facet in found if facet.values]


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
    naming = Naming([], filters)
    return [
        Chip(f"{TITLES[name]}: {naming(name, value)}", address(filters.without(name)))
        for name, value in filters.given.items()
    ]


def address(filters: Filters, **more: str) -> str:
    query = filters.query(**more)
    return f"{reverse('directory:list')}?{query}" if query else reverse("directory:list")


class Naming:
    """What a value of a filter is called, with as few look-ups as facets."""

    def __init__(self, found: list[Facet], filters: Filters) -> None:
        codes = _values(found, "area") | {filters.area}
        self.areas = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
        self.terms = counted.labels(list(VOCABULARIES.values()))
        self.activities = _activity_names(_values(found, "activity") | {filters.activity})
        networks = map(read_key, _values(found, "network") | {filters.network})
        self.networks = dict(
            Organisation.objects.live()
            .filter(pk__in=filter(None, networks))
            .values_list("pk", "name")
        )

    def __call__(self, name: str, value: str) -> str:
        if name in VOCABULARIES:
            return self.terms.get((VOCABULARIES[name], value), value)
        named: dict[str, Callable[[str], str]] = {
            "kind": lambda code: str(dict(Kind.choices).get(code, code)),
            "status": lambda code: str(dict(Status.choices).get(code, code)),
            "area": lambda code: self.areas.get(code, code),
            "activity": lambda code: self.activities.get(code, code),
            "network": lambda pk: self.networks.get(read_key(pk) or 0, _("unknown")),
            "size": lambda size: say(label_name(read_size(size))).capitalize(),
            "centre": lambda pk: _name(Centre, pk),
            "responsible": lambda pk: _name(User, pk),
        }
        return named[name](value) if name in named else value


def _values(found: list[Facet], name: str) -> set[str]:
    return {value.value for facet in found if facet.name == name for value in facet.values}


def _activity_names(codes: Iterable[str]) -> dict[str, str]:
    found = ActivityCode.objects.filter(revision=Revision.REV4, code__in=codes)
    return {row.code: str(row) for row in found}


def trails(filters: Filters) -> list[Trail]:
    """For the chosen place and the chosen activity the way back up."""
    found = []
    if filters.area:
        places = {one.code: one.name for one in path_to(filters.area)}
        found.append(_trail("area", "map-pin", _("Everywhere"), places, filters))
    if filters.activity:
        names = _activity_names(path := activity_tree().path(filters.activity))
        above = {code: names[code] for code in path if code in names}
        found.append(_trail("activity", "briefcase", _("All activities"), above, filters))
    return found


def _trail(name: str, icon: str, everything: str, path: dict[str, str], filters: Filters) -> Trail:
    """``path`` names each code, the widest first."""
    steps = [(label, address(filters, **{name: code})) for code, label in path.items()]
    return Trail(TITLES[name], icon, [(everything, address(filters.without(name))), *steps])


def _name(model: type[Centre] | type[User], pk: str) -> str:
    key = read_key(pk)
    found = None if key is None else model.objects.filter(pk=key).first()
    return str(found) if found else _("unknown")


def _panel(facet: Facet, filters: Filters, naming: Naming) -> Panel:
    options = [
        Option(
            naming(facet.name, value.value),
            address(filters.without(facet.name))
            if value.is_chosen
            else address(filters, **{facet.name: value.value}),
            value.count,
            value.is_chosen,
        )
        for value in facet.values
    ]
    options.sort(key=lambda option: not option.checked)
    return Panel(TITLES[facet.name], options[:FIRST], options[FIRST:])
