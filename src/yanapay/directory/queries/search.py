"""One box that finds organisations and people: accents, case, word order and typing errors forgiven."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Asked:
    """What was typed: a number, or words with what each may stand for."""

    text: str

    @property
    def number(self) -> str:
        """Its digits, if it looks like an official number or a telephone."""
        is_number = looks_like_number(self.text)
        return "".join(filter(str.isdecimal, self.text)) if is_number else ""

    @cached_property
    def choices(self) -> list[dict[str, int]]:
        return search.alternatives(self.text)

    @property
    def exactly(self) -> list[dict[str, int]]:
        """The words as they were typed; none unless all are known so."""
        known = [{w: g[w]} for w, g in zip(self._words, self.choices, strict=True) if w in g]
        return known if len(known) == len(self.choices) else []

    @property
    def understood_as(self) -> str:
        """The likeliest spelling when some word is not known as typed."""
        if self.number or not all(self.choices):
            return ""
        typed = self._words
        likely = [
            w if w in g else max(g, key=g.__getitem__)
            for w, g in zip(typed, self.choices, strict=True)
        ]
        return " ".join(likely) if likely != typed else ""

    @property
    def _words(self) -> list[str]:
        return list(dict.fromkeys(words(self.text)))[: len(self.choices)]


def find(scope: Scope, text: str, limit: int = PAGE) -> Found:
    """Search what the scope may know of. A number is looked up exactly, as tax id, document or telephone."""
    asked = Asked(text)
    return Found(
        text.strip(),
        _organisations(scope, asked, limit),
        _persons(scope, asked, limit // 2),
        asked.understood_as,
    )


def find_organisations(scope: Scope, text: str, limit: int = PAGE) -> list[Hit]:
    """Only the organisations."""
    return _organisations(scope, Asked(text), limit)


def find_persons(scope: Scope, text: str, limit: int = PAGE // 2) -> list[Person]:
    """Only the people."""
    return _persons(scope, Asked(text), limit)


def _organisations(scope: Scope, asked: Asked, limit: int) -> list[Hit]:
    everybody = Organisation.objects.live().select_related("area")
    if not asked.number:
        return _hits(scope, _ranked(everybody, asked, limit))
    owners = Identifier.objects.filter(number=asked.number).values("organisation")
    holders = everybody.filter(pk__in=owners)
    return _hits(scope, dict.fromkeys([*holders, *organisations_at(scope, asked.text)]))


def _persons(scope: Scope, asked: Asked, limit: int) -> list[Person]:
    seen = Person.objects.live().visible_to(scope)
    if not asked.number:
        return _ranked(seen, asked, limit)
    numbered = seen.filter(document_number=asked.number)
    return list(dict.fromkeys([*numbered, *persons_at(scope, asked.text)]))


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


def _ranked(rows: "models.QuerySet[M]", asked: Asked, limit: int) -> list[M]:
    """The best matches: all of them ranked when few, else some, the exactly spelled ones among them.

    Only the texts are read to rank; whole rows only of those that are shown.
    """
    texts = _texts(rows, asked.choices)
    if len(texts) == LOOKED_AT and asked.exactly:
        texts |= _texts(rows, asked.exactly)
    closeness = _closeness_to(fold(asked.text))
    best = sorted(texts, key=lambda pk: closeness(texts[pk]), reverse=True)[:limit]
    found = rows.in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def _texts(rows: "models.QuerySet[M]", groups: finding.Choices) -> dict[int, str]:
    return finding.some_matching(rows, groups, LOOKED_AT)


def _closeness_to(wanted: str) -> Callable[[str], tuple[int, float]]:
    """First how many of the words stand there as typed, then how alike the whole is."""
    typed = frozenset(wanted.split())
    return lambda text: (len(typed.intersection(text.split())), fuzz.ratio(wanted, text))
