"""The catalogue of technologies."""

from django.db.models import QuerySet

from yanapay.kernel.text import words
from yanapay.roster.models import Technology

OFFERED = 12


def catalogue(text: str = "", category: str = "") -> QuerySet[Technology]:
    """Technologies of a category whose name has all the words, by category and name."""
    found = Technology.objects.all()
    if category:
        found = found.filter(category=category)
    for word in words(text)[:6]:
        found = found.filter(name_key__contains=word)
    return found


def technologies_called(text: str, limit: int = OFFERED) -> list[Technology]:
    """What a word typed into a form may stand for; the exact name alone when there is one."""
    found = list(catalogue(text)[:limit])
    exact = [one for one in found if one.name.casefold() == text.strip().casefold()]
    return exact if len(exact) == 1 else found


def categories() -> list[str]:
    return list(
        Technology.objects.order_by("category").values_list("category", flat=True).distinct()
    )
