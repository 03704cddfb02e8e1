"""One box that finds organisations and people: accents, case, word order and typing errors forgiven."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from rapidfuzz import fuzz

from yanapay.base import finding, search
from yanapay.centres.rules import Scope
from yanapay.directory.models import Identifier, Organisation, Person
from yanapay.directory.queries.phones import looks_like_number, organisations_at, persons_at
from yanapay.kernel.text import fold, words

PAGE = 20
LOOKED_AT = 400  # a query that matches more is too common to rank; its first matches are ranked

M = TypeVar("M", Organisation, Person)


@dataclass(frozen=True)
class Hit:
    """An organisation found. Of one that is not theirs, people see only that it exists (name, area)."""

    organisation: Organisation
    is_open: bool


@dataclass(frozen=True)
class Found:
    """What a search found, best first, and what the words were understood as when they were mistyped."""

    text: str
    organisations: list[Hit]
    persons: list[Person]
    understood_as: str = ""


def find(scope: Scope, text: str, limit: int = PAGE) -> Found:
    """Search what the scope may know of. A number is looked up exactly, as tax id, document or telephone."""
    if looks_like_number(text):
        return _find_number(scope, text)
    groups = search.alternatives(text)
    if not groups or not all(groups):
        return Found(text, [], [])
    hits = _hits(
        scope, _ranked(Organisation.objects.live().select_related("area"), groups, text, limit)
    )
    persons = _ranked(Person.objects.live().visible_to(scope), groups, text, limit // 2)
    return Found(text, hits, persons, _understood(text, groups))


def _find_number(scope: Scope, text: str) -> Found:
    """Holders of the official number, of whatever centre; then whom the scope may reach at it."""
    number = "".join(filter(str.isdecimal, text))
    owners = Identifier.objects.filter(number=number).values("organisation")
    holders = Organisation.objects.live().filter(pk__in=owners).select_related("area")
    numbered = Person.objects.live().visible_to(scope).filter(document_number=number)
    organisations = dict.fromkeys([*holders, *organisations_at(scope, text)])
    persons = dict.fromkeys([*numbered, *persons_at(scope, text)])
    return Found(text.strip(), _hits(scope, organisations), list(persons))


def _hits(scope: Scope, organisations: Iterable[Organisation]) -> list[Hit]:
    found = list(organisations)
    is_open = _open_to(scope, found)
    hits = [Hit(organisation, organisation.pk in is_open) for organisation in found]
    return sorted(hits, key=lambda hit: not hit.is_open)


def _open_to(scope: Scope, found: list[Organisation]) -> set[int]:
    """Whose file the scope may open. The database is asked only about clients of other centres."""
    own = scope.centres_with("directory.view")
    is_open = {o.pk for o in found if own is None or o.centre_id in own}
    others = [o.pk for o in found if o.pk not in is_open]
    if others:
        shared = Organisation.objects.visible_to(scope).filter(pk__in=others)
        is_open |= set(shared.values_list("pk", flat=True))
    return is_open


def _ranked(
    rows: "models.QuerySet[M]", groups: list[dict[str, int]], text: str, limit: int
) -> list[M]:
    """The best matches: all of them ranked when few, else some, the exactly spelled ones among them.

    Only the texts are read to rank; whole rows only of those that are shown.
    """
    texts = _texts(rows, groups)
    if len(texts) == LOOKED_AT and (exact := _exact(groups, text)):
        texts |= _texts(rows, exact)
    closeness = _closeness_to(fold(text))
    best = sorted(texts, key=lambda pk: closeness(texts[pk]), reverse=True)[:limit]
    found = rows.in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def _texts(rows: "models.QuerySet[M]", groups: finding.Choices) -> dict[int, str]:
    return finding.some_matching(rows, groups, LOOKED_AT)


def _closeness_to(wanted: str) -> Callable[[str], tuple[int, float]]:
    """First how many of the words stand there as typed, then how alike the whole is."""
    typed = frozenset(wanted.split())
    return lambda text: (len(typed.intersection(text.split())), fuzz.ratio(wanted, text))


def _exact(groups: list[dict[str, int]], text: str) -> list[dict[str, int]]:
    kept = [{w: g[w]} for w, g in zip(dict.fromkeys(words(text)), groups, strict=False) if w in g]
    return kept if len(kept) == len(groups) else []


def _understood(text: str, groups: list[dict[str, int]]) -> str:
    """The likeliest spelling when some word is not known as typed."""
    typed = list(dict.fromkeys(words(text)))[:8]
    likely = [
        w if w in g else max(g, key=g.__getitem__) for w, g in zip(typed, groups, strict=True)
    ]
    return " ".join(likely) if likely != typed else ""
