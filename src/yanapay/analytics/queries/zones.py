"""Services by zone: the first level below the country."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.text import slugify

from yanapay.assistance.models import Case
from yanapay.directory.choices import Kind
from yanapay.places.choices import Level
from yanapay.places.models import Area

PRINTED_AS = {
    "PE/12": "huancayo"
}  # the source calls its second zone Junín or Huancayo without distinction
NOWHERE = "sin_zona"


@dataclass(frozen=True)
class Zone:
    """What was done in one zone; enterprises are counted once."""

    code: str
    name: str
    services: int
    enterprises: int
    prospective: int


def zones(services: "QuerySet[Case]") -> list[Zone]:
    """The zones with services, the largest first. An enterprise stands in one area, so sums count it once."""
    grouped = services.order_by().values("organisation__area", "organisation__kind")
    rows = grouped.annotate(n=Count("pk"), firms=Count("organisation", distinct=True))
    names = zone_names()
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        _add(sums[names.get(row["organisation__area"], (NOWHERE, "—"))], row)
    found = [Zone(code, name, *counts) for (code, name), counts in sums.items()]
    return sorted(found, key=lambda zone: (-zone.services, zone.code))


def _add(sums: list[int], row: Mapping[str, Any]) -> None:
    is_prospective = row["organisation__kind"] == Kind.PROSPECTIVE
    sums[0] += row["n"]
    sums[2 if is_prospective else 1] += row["firms"]


def zone_names() -> dict[int, tuple[str, str]]:
    """Area key to the code and name of its zone."""
    areas = list(Area.objects.values_list("pk", "path", "level", "name"))
    first = {path: (PRINTED_AS.get(path, slugify(name).replace("-", "_")), name)
             for _, path, level, name in areas if level == Level.FIRST}  # fmt: skip
    return {
        pk: zone
        for pk, path, _, _ in areas
        if (zone := first.get("/".join(path.split("/")[:2]))) is not None
    }
