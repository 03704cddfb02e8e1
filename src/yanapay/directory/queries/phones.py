"""Who is reached at a telephone number, however it is written."""

import re
from collections.abc import Iterable, Iterator

from django.db.models import Q

from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, Person
from yanapay.directory.models.phones import has_second_in
from yanapay.directory.rules.duplicates import bare_phone, bare_phones, spellings

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
        for clue in reached_at(field, _numbers(text))
        for one in seen.filter(clue)[:PAGE]
    }
    return sorted(found.values(), key=lambda one: one.name_key)[:PAGE]


def persons_at(scope: Scope, text: str) -> list[Person]:
    """People of the user's centres."""
    seen = Person.objects.live().visible_to(scope).order_by()
    clues = reached_at("phone", _numbers(text))
    found = {one.pk: one for clue in clues for one in seen.filter(clue)[:PAGE]}
    return sorted(found.values(), key=lambda one: one.search_text)[:PAGE]


def reached_at(field: str, numbers: Iterable[str]) -> Iterator[Q]:
    """Conditions with that of the field's partial index: a number alone, the first of two, the second."""
    for number in numbers:
        filled, kept = ~Q(**{field: ""}), spellings(number)
        yield filled & Q(**{f"{field}__in": kept})
        for written in (f"{number} / ", f"+51{number} / "):
            # the range is read from the index, in whatever collation; the beginning says what is meant
            within = Q(**{f"{field}__range": (written, f"{written}z")})
            yield filled & within & Q(**{f"{field}__startswith": written})
        yield has_second_in(field, kept)


def _numbers(text: str) -> set[str]:
    """The number typed, and each of several; a stroke may also stand within one."""
    return {bare_phone(text), *bare_phones(text)}
