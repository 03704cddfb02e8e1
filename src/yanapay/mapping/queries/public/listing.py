"""The public directory as a list: cut by the filters of its address, sorted, with the counts of every facet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from yanapay.base import finding, search
from yanapay.kernel.filters import AddressFilters
from yanapay.kernel.text import fold
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public.columns import (
    BY_ORGANISATION,
    VOCABULARIES,
    Columns,
    Mask,
    columns,
)
from yanapay.places.queries import gazetteer
from yanapay.places.rules.gazetteer import counts_at

FACETS = ("kind", "area", "region", "line", "need", "strength", "opportunity", "network", "state")
NOWHERE = "-"
"""The value of ``area`` for entries without one."""
RANKED = 400  # a query that matches more is too common to rank: its matches stay in order of name
ORDERS = ("name", "newest")


@dataclass(frozen=True)
class Filters(AddressFilters):
    """What the directory is cut by, as it stands in the address of the page."""

    q: str = ""
    kind: str = ""
    area: str = ""
    scheme: str = ""
    region: str = ""
    line: str = ""
    need: str = ""
    strength: str = ""
    opportunity: str = ""
    network: str = ""
    state: str = ""


@dataclass(frozen=True)
class Found:
    """What the filters leave: primary keys in the order asked for, and value → how many for each facet.

    A facet counts what its own filter would leave if it were another value. Of ``area`` the counts are those
    one level below the chosen area.
    """

    keys: list[int]
    facets: dict[str, dict[str, int]]
    scheme: str


def find(filters: Filters, order: str = "name") -> Found:
    """Everything that a page of the directory needs, but for the rows themselves."""
    held = columns()
    scheme = filters.scheme if f"scheme:{filters.scheme}" in held.facets else default_scheme(held)
    masks = _masks(held, filters, scheme)
    chosen = _all(held, masks)
    return Found(
        _ordered(held, chosen, filters.q, order), _facets(held, filters, masks, scheme), scheme
    )


def count(filters: Filters) -> int:
    """How many entries the filters leave."""
    held = columns()
    return int(_all(held, _masks(held, filters, filters.scheme or default_scheme(held))).sum())


def rows(keys: list[int]) -> list[Entry]:
    """The entries of some keys, in their order, with what a list shows; without what is no longer public."""
    found = (
        Entry.objects.public().select_related("area").prefetch_related("codes").in_bulk(keys)
    )  # fmt: skip
    return [found[key] for key in keys if key in found]


def counts_by_area(filters: Filters) -> dict[str, int]:
    """Path of each area → how many of the entries that the filters leave lie exactly there; "" has none."""
    held = columns()
    chosen = _all(held, _masks(held, filters, filters.scheme or default_scheme(held)))
    counted = held.facets["area"].counts(chosen)
    nowhere = int(chosen.sum()) - sum(counted.values())
    return counted | ({"": nowhere} if nowhere else {})


def default_scheme(held: Columns) -> str:
    """That of the mapping where organisations carry its regions, else that of the statistical office."""
    return BY_ORGANISATION if held.facets[f"scheme:{BY_ORGANISATION}"].values else "inei"


def _masks(held: Columns, filters: Filters, scheme: str) -> dict[str, Mask]:
    """The mask of each filter that is given."""
    size = len(held.keys)
    masks = {}
    for name in ("kind", "state", *VOCABULARIES):
        if value := getattr(filters, name):
            masks[name] = held.facets[name].mask(value, size)
    if filters.region:
        masks["region"] = _regions(held, scheme).mask(filters.region, size)
    if filters.area:
        masks["area"] = held.within(_path(filters.area))
    if filters.q:
        masks["q"] = held.among(_having_words(filters.q))
    return masks


def _regions(held: Columns, scheme: str) -> Any:
    return held.facets.get(f"scheme:{scheme}") or held.facets[f"scheme:{BY_ORGANISATION}"]


def _all(held: Columns, masks: Mapping[str, Mask], but: str = "") -> Mask:
    chosen = held.everything()
    for name, mask in masks.items():
        if name != but:
            chosen &= mask
    return chosen


def _facets(
    held: Columns, filters: Filters, masks: Mapping[str, Mask], scheme: str
) -> dict[str, dict[str, int]]:
    found = {}
    for name in FACETS:
        own = "" if name == "area" else name
        coded = _regions(held, scheme) if name == "region" else held.facets[name]
        found[name] = coded.counts(_all(held, masks, own)) if masks.keys() - {own} else coded.totals
    found["area"] = _below(found["area"], filters.area)
    if not filters.area:
        found["area"] |= {NOWHERE: n} if (n := _without_area(held, masks)) else {}
    return found


def _below(counted: Mapping[str, int], area: str) -> dict[str, int]:
    """The counts one level below an area (the departments at first), each with all below it."""
    return dict(counts_at(len(_path(area).split("/")) if area else 1, counted))


def _without_area(held: Columns, masks: Mapping[str, Mask]) -> int:
    return int((_all(held, masks) & held.within("")).sum())


def _path(code: str) -> str:
    """The path of an area by its code; "" for none, an impossible one for a code that nobody knows."""
    if code == NOWHERE:
        return ""
    area = gazetteer().by_code(code)
    return area.path if area else f"?{code}"


def _having_words(text: str) -> list[int]:
    found = finding.matching(Entry.objects.public(), search.alternatives(text))
    return list(found.values_list("pk", flat=True))


def _ordered(held: Columns, chosen: Mask, text: str, order: str) -> list[int]:
    places = np.flatnonzero(chosen)
    if order == "newest":
        places = places[np.argsort(-held.approved[places], kind="stable")]
    keys: list[int] = held.keys[places].tolist()
    return _ranked(keys, text) if text and order == "name" and len(keys) <= RANKED else keys


def _ranked(keys: list[int], text: str) -> list[int]:
    """The likeliest first: how many words stand there as typed, then how alike the name is."""
    wanted = fold(text)
    names = dict(Entry.objects.filter(pk__in=keys).values_list("pk", "name_key"))

    def closeness(key: int) -> tuple[int, float]:
        name = names.get(key, "")
        return len(set(wanted.split()) & set(name.split())), fuzz.token_sort_ratio(wanted, name)

    return sorted(keys, key=closeness, reverse=True)
