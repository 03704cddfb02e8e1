"""Who is reached at a telephone number, however it is written."""

import re
from collections.abc import Iterator

from django.db.models import Q

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, Person
from yanapay.directory.rules.duplicates import bare_phone, spellings

PAGE = 20
_WRITTEN = re.compile(r"\+?[0-9()\s./-]+")


def looks_like_number(text: str) -> bool:
    """Digits and what people write between them, enough of them for a telephone."""
    return bool(_WRITTEN.fullmatch(text.strip()) and bare_phone(text))


def organisations_at(scope: Scope, text: str) -> list[Organisation]:
    """Files that the user may open; a number is no way to learn whose it is elsewhere."""
    seen = Organisation.objects.live().visible_to(scope).select_related("area").order_by()
    found = {
        one.pk: one
        for field in ("private_phone", "phone")  # each alone: a database reads one index per OR
        for clue in _clues(field, bare_phone(text))
        for one in seen.filter(clue)[:PAGE]
    }
    return sorted(found.values(), key=lambda one: one.name_key)[:PAGE]


def persons_at(scope: Scope, text: str) -> list[Person]:
    """People of the user's centres."""
    seen = Person.objects.live().visible_to(scope).order_by()
    clues = _clues("phone", bare_phone(text))
    found = {one.pk: one for clue in clues for one in seen.filter(clue)[:PAGE]}
    return sorted(found.values(), key=lambda one: one.search_text)[:PAGE]


def _clues(field: str, number: str) -> Iterator[Q]:
    """Conditions with that of the field's partial index: the number alone, or the first of two."""
    filled, kept = ~Q(**{field: ""}), spellings(number)
    yield filled & Q(**{f"{field}__in": kept})
    for written in (f"{number} / ", f"+51{number} / "):
        # the range is read from the index, in whatever collation; the beginning says what is meant
        within = Q(**{f"{field}__range": (written, f"{written}z")})
        yield filled & within & Q(**{f"{field}__startswith": written})
