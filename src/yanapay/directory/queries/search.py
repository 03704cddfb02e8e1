"""One box that finds organisations and people: accents, case, word order and typing errors forgiven."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from rapidfuzz import fuzz

from yanapay.base import finding, search
from yanapay.centres.rules import Scope
from yanapay.directory.models import Identifier, Organisation, Person
from yanapay.directory.models.organisations import OrganisationQuerySet
from yanapay.directory.queries.phones import looks_like_number, organisations_at, persons_at
from yanapay.kernel.text import fold, words

PAGE = 20
COMMON = 5_000  # more organisations than this, of whatever centre, have the words
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


def is_common(text: str) -> bool:
    """Whether so many organisations, of whatever centre, hold the words that looking at all takes its time."""
    return finding.first_keys(Organisation, search.alternatives(text), COMMON) is None


def newest_having_words(
    among: OrganisationQuerySet, text: str, most: int, before: int | None = None
) -> list[int]:
    """Keys of the newest among them that hold all words of the text: quick however common the words are."""
    return finding.newest_matching(among, search.alternatives(text), most, before)


def having_words(
    among: OrganisationQuerySet, text: str, *, few: Callable[[], bool] = lambda: False
) -> OrganisationQuerySet:
    """Those among them whose names hold all words of the text, typing errors forgiven.

    If there are ``few``, a common word is looked for in their texts: the index would name all who have it.
    """
    groups = search.alternatives(text)
    keys = finding.first_keys(Organisation, groups, COMMON)
    if keys is None and few():
        keys = finding.matching_one_by_one(among, groups)
    return finding.matching(among, groups) if keys is None else among.filter(pk__in=keys)


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
    visible = Organisation.objects.visible_to(scope).filter(pk__in=[o.pk for o in found])
    is_open = set(visible.values_list("pk", flat=True))
    hits = [Hit(organisation, organisation.pk in is_open) for organisation in found]
    return sorted(hits, key=lambda hit: not hit.is_open)


def _ranked(
    rows: "models.QuerySet[M]", groups: list[dict[str, int]], text: str, limit: int
) -> list[M]:
    """The best matches: all of them ranked when few, else some, the exactly spelled ones among them.

    Only the texts are read to rank; whole rows only of those that are shown.
    """
    texts = _texts(rows, groups)
    if len(texts) == LOOKED_AT and (exact := _exact(groups, text)):
        texts |= _texts(rows, exact)
    wanted = fold(text)
    best = sorted(texts, key=lambda pk: _closeness(wanted, texts[pk]), reverse=True)[:limit]
    found = rows.in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def _texts(rows: "models.QuerySet[M]", groups: finding.Choices) -> dict[int, str]:
    return finding.some_matching(rows, groups, LOOKED_AT)


def _closeness(wanted: str, text: str) -> tuple[int, float]:
    """First how many of the words stand there as typed, then how alike the whole is."""
    return len(set(wanted.split()) & set(text.split())), fuzz.ratio(wanted, text)


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
