"""The facets of the roster, counted over what the list shows."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from yanapay.places.choices import Level
from yanapay.places.queries import area_names
from yanapay.roster.choices import SpecialistKind, Topic
from yanapay.roster.models import Specialist
from yanapay.roster.queries.specialists import RosterFilters
from yanapay.web.directory.facets import Chip, Option, Panel


def panels(
    listed: list[Specialist], filters: RosterFilters, good: Collection[int], absent: Collection[int]
) -> list[Panel]:
    """What can narrow the list, each value with how many of those shown have it."""
    counts: dict[str, Counter[str]] = {
        "kind": Counter(one.kind for one in listed),
        "topic": Counter(
            topic for one in listed for topic in {s.topic for s in one.specialities.all()}
        ),
        "accredited": Counter("yes" if one.pk in good else "no" for one in listed),
        "available": Counter("yes" for one in listed if one.pk not in absent),
        "area": Counter(code for one in listed for code in _departments(one)),
    }
    return [
        Panel(title, _options(name, counts[name], filters, labels))
        for name, title, labels in _titles(counts["area"])
        if counts[name]
    ]


def chips(filters: RosterFilters) -> list[Chip]:
    """The filters in force, each with the list without it."""
    named = {name: (title, labels) for name, title, labels in _titles([filters.area])}
    shown = []
    for name, value in filters.but(q="", inactive="", activity="").items():
        title, labels = named[name]
        shown.append(
            Chip(f"{title}: {labels.get(value, value)}", address(filters.but(**{name: ""})))
        )
    return shown


def address(query: Mapping[str, str]) -> str:
    return f"{reverse('roster:list')}?{urlencode(query)}" if query else reverse("roster:list")


def _titles(areas: Iterable[str]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("kind", _("Kind"), dict(SpecialistKind.choices)),
        ("accredited", _("Accredited"), {"yes": _("Papers complete"), "no": _("Papers missing")}),
        ("available", _("Availability"), {"yes": _("There today")}),
        ("topic", _("Topic"), dict(Topic.choices)),
        ("area", _("Goes to"), area_names(areas)),
    ]


def _options(
    name: str, counts: Counter[str], filters: RosterFilters, labels: Mapping[str, Any]
) -> list[Option]:
    chosen = getattr(filters, name)
    return [
        Option(str(labels.get(value, value)), address(filters.but(**{name: "" if value == chosen else value})),
               count, value == chosen)
        for value, count in counts.most_common()
    ]  # fmt: skip


def _departments(one: Specialist) -> set[str]:
    """The departments that somebody covers, wholly or in part."""
    paths = (row.area.path.split("/") for row in one.areas.all())
    return {path[Level.FIRST] for path in paths if len(path) > Level.FIRST}
