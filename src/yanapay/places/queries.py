"""Reading places and activities: the resolvers in memory, groups, boundaries."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import get_language

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.places.choices import Revision
from yanapay.places.models import Area, AreaGroup
from yanapay.places.models.memory import activities, activity_tree, forget, gazetteer
from yanapay.places.rules.activities import Activities, ActivityRef, ActivityTree
from yanapay.places.rules.gazetteer import AreaRef, Gazetteer
from yanapay.places.rules.geometry import Ring, contains, kilometres_outside
from yanapay.places.rules.reference import boundaries

__all__ = [
    "Activities", "ActivityRef", "ActivityTree", "AreaRef", "Gazetteer", "activities",
    "activity_names", "activity_tree", "area_coded", "area_full_names", "area_names", "boundaries",
    "distance_warning", "far_from", "first_level_at", "forget", "gazetteer", "group_by_area", "group_of",
    "path_to",
]  # fmt: skip

FAR_KM = (
    25  # simplified boundaries put one capital in fifty outside its department: warn far off only
)
OUTLINED = ("PE", "BO", "CO", "EC", "VE")


def area_coded(code: str) -> Area:
    """The area with the code. Raises RuleBroken (field ``area``) when there is none."""
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise RuleBroken("There is no area with the code {code}.", field="area", code=code)
    return area


def path_to(code: str) -> list[AreaRef]:
    """The areas from the first level of the country down to the one with the code; none when there is none."""
    areas = gazetteer()
    area = areas.by_code(code)
    return areas.path(area)[1:] if area else []


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """Code → name; unknown codes are left out."""
    areas = gazetteer()
    return {code: ref.name for code in codes if (ref := areas.by_code(code))}


def area_full_names(codes: Iterable[str]) -> dict[str, str]:
    """Code → name up to the first level ("El Tambo, Huancayo, Junín"); unknown codes are left out."""
    areas = gazetteer()
    return {code: areas.full_name(ref) for code in codes if (ref := areas.by_code(code))}


def activity_names(codes: Iterable[str]) -> dict[str, str]:
    """Code of ISIC Rev. 4 → code and label in the reader's language; unknown codes are left out."""
    known, language = activities(), get_language() or "es"
    found = {code: known.by_code(Revision.REV4, code) for code in codes}
    return {code: f"{code} {ref.label(language)}" for code, ref in found.items() if ref}


def far_from(area: Area | AreaRef, latitude: float, longitude: float) -> float | None:
    """Kilometres from the point to the area's first level, if over 25; None when near or unknown."""
    rings = _rings(area)
    distance = kilometres_outside(rings, latitude, longitude) if rings else 0.0
    return distance if distance > FAR_KM else None


def distance_warning(area: Area | AreaRef, latitude: float, longitude: float) -> Message | None:
    """The sentence to show when a point lies far from the area it was given for."""
    kilometres = far_from(area, latitude, longitude)
    if kilometres is None:
        return None
    return Message(
        "This point lies {km} km outside the department or region of {area}.",
        km=round(kilometres), area=area.name,
    )  # fmt: skip


def first_level_at(latitude: float, longitude: float) -> AreaRef | None:
    """The first-level area whose simplified outline holds the point; None where no outline does."""
    for iso_code, rings, (west, south, east, north) in _boxes():
        is_near = west <= longitude <= east and south <= latitude <= north
        if is_near and contains(rings, latitude, longitude):
            return gazetteer().by_code(iso_code)
    return None


@lru_cache
def _boxes() -> list[tuple[str, list[Ring], tuple[float, float, float, float]]]:
    """The outlines with the box around each: most points need to be held against one or two."""
    found = []
    for country in OUTLINED:
        for iso_code, rings in boundaries(country).items():
            points = [point for ring in rings for point in ring]
            across, up = [x for x, _ in points], [y for _, y in points]
            found.append((iso_code, rings, (min(across), min(up), max(across), max(up))))
    return found


def _rings(area: Area | AreaRef) -> list[Ring]:
    country, *below = area.path.split("/")
    if not below:
        return [ring for rings in boundaries(country).values() for ring in rings]
    first = gazetteer().by_code(below[0])
    return boundaries(country).get(first.iso_code, []) if first else []


def group_of(area: Area | AreaRef, scheme: str) -> AreaGroup | None:
    """The macro-region of an area under a scheme; None where the scheme leaves it out."""
    codes = area.path.split("/")
    found = AreaGroup.objects.filter(scheme__code=scheme, members__area__code__in=codes)
    return found.order_by("-members__area__level").first()


def group_by_area(scheme: str) -> dict[str, AreaGroup]:
    """Code of each member area → its group, for tables; a member stands for all below it."""
    groups = AreaGroup.objects.filter(scheme__code=scheme).prefetch_related("members__area")
    return {member.area.code: group for group in groups for member in group.members.all()}
