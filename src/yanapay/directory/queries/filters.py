"""What the directory is cut by, and the places that a filter means."""

from dataclasses import dataclass

from django.db.models import Q

from yanapay.kernel.filters import AddressFilters
from yanapay.places.queries import gazetteer

VOCABULARIES = {
    "need": "need_codes", "strength": "strength_codes", "opportunity": "opportunity_codes",
    "group": "macro_region",
}  # fmt: skip
KEYS = ("centre", "responsible", "network")  # filters whose value is the number of a record


@dataclass(frozen=True)
class Filters(AddressFilters):
    """What a list is cut by, as it stands in the address of the page."""

    q: str = ""
    kind: str = ""
    status: str = ""
    centre: str = ""
    area: str = ""
    need: str = ""
    strength: str = ""
    opportunity: str = ""
    group: str = ""
    responsible: str = ""
    activity: str = ""
    network: str = ""
    size: str = ""


def in_area(code: str) -> Q:
    """The area with everything below it, by their keys: the database need not join the areas."""
    return Q(area__in=gazetteer().under(code))
