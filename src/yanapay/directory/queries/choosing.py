"""What a word typed into a form may stand for: a place, an activity."""

from django.db.models import Q

from yanapay.kernel.text import fold
from yanapay.places.models import ActivityCode, Area

OFFERED = 12


def areas_called(text: str, limit: int = OFFERED) -> list[Area]:
    """Places by official code or by name, «district, province»; the narrower names must match exactly."""
    areas = Area.objects.select_related("parent__parent__parent")
    if by_code := areas.filter(
        Q(code=text.strip().upper()) | Q(iso_code=text.strip().upper())
    ).first():
        return [by_code]
    name, *above = [key for part in text.split(",") if (key := fold(part))] or [""]
    if not name:
        return []
    named = [area for area in areas.filter(name_key=name)[:400] if _lies_in(area, above)]
    if not named:
        begun = areas.filter(name_key__startswith=name).order_by("level", "name_key")
        named = [area for area in begun[:400] if _lies_in(area, above)]
    return named[:limit]


def activities_called(text: str, limit: int = OFFERED) -> list[ActivityCode]:
    """Activities of ISIC Rev. 4 by code, else by words of their label; classes and groups first."""
    current = ActivityCode.objects.filter(revision="4")
    code = text.split("·")[0].strip().upper()
    if exact := current.filter(code=code).first():
        return [exact]
    found = current
    for word in text.split()[:6]:
        found = found.filter(Q(label_es__icontains=word) | Q(label_en__icontains=word))
    return sorted(found[:200], key=lambda row: -len(row.code))[:limit]


def _lies_in(area: Area, above: list[str]) -> bool:
    """Whether every further name typed is one of the areas above."""
    names = set()
    parent = area.parent
    while parent is not None:
        names.add(parent.name_key)
        parent = parent.parent
    return all(name in names for name in above)
