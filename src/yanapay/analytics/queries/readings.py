"""How the answers to a question become codes, whatever its type: lists, numbers, days, hours, points, words."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from json import loads
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.formats import date_format
from django.utils.translation import gettext

from yanapay.analytics.queries.questions import Kind, Question
from yanapay.analytics.rules.classes import (
    Band,
    as_number,
    band_reader,
    bands,
    day_reader,
    hour_labels,
    hour_of,
    point_of,
)
from yanapay.analytics.rules.crosstab import Label
from yanapay.base.showing import number
from yanapay.kernel.messages import Message
from yanapay.places.queries import first_level_at
from yanapay.surveys.models import Record

Codes = Callable[[str | None], list[str]]
ANSWERED, BLANK, OUTSIDE = "answered", "blank", "outside"
FEW = 30  # different results of a calculation that still read as a list
OUTLINES = Message(
    "A point counts where the simplified outlines put it: near a boundary that may be the neighbour."
)


@dataclass(frozen=True)
class Reading:
    """The codes of a stored answer, none when it was not answered, and what they are called.

    ``is_ordered``: the codes stand in an order of their own, which no ranking may disturb.
    """

    read: Codes
    labels: Sequence[Label]
    is_ordered: bool = False
    has_numbers: bool = False
    note: Message | None = None


def told_in(records: "QuerySet[Record]", about: Question) -> "QuerySet[Any]":
    """The records with the text of an answer as ``told``."""
    return records.annotate(told=KeyTextTransform(about.name, "values")).order_by()


def reading(about: Question, records: "QuerySet[Record]") -> Reading:
    """How the answers among these records are read. Classes of numbers and days depend on what was told."""
    if about.kind == Kind.SEVERAL:
        return Reading(_several, about.choices)
    if about.kind == Kind.ONE:
        return Reading(_one, about.choices)
    if about.kind == Kind.WORDS:
        return _words()
    if about.kind == Kind.HOUR:
        return Reading(hour_of, hour_labels(), is_ordered=True)
    return READINGS[about.kind](_texts(records, about))


def _texts(records: "QuerySet[Record]", about: Question) -> Counter[str]:
    """Each text that was answered, with how often."""
    rows = told_in(records, about).values_list("told").annotate(n=Count("pk"))
    return Counter({told: n for told, n in rows.iterator() if told})


def numbers(texts: Iterable[tuple[str | None, int]]) -> Counter[Decimal]:
    """The numbers among texts, each with how often it was told."""
    counted: Counter[Decimal] = Counter()
    for told, n in texts:
        if (value := as_number(told)) is not None:
            counted[value] += n
    return counted


def _numbers(texts: Counter[str]) -> Reading:
    found = bands(numbers(texts.items()))
    labels = [(band.code, _band_label(band)) for band in found]
    return Reading(band_reader(found), labels, is_ordered=True, has_numbers=True)


def _calculated(texts: Counter[str]) -> Reading:
    """Numbers when all are, a list when few differ, else whether there is a result."""
    if texts and all(as_number(told) is not None for told in texts):
        return _numbers(texts)
    return Reading(_one, ()) if len(texts) <= FEW else _words()


def _days(texts: Counter[str]) -> Reading:
    read = day_reader(texts.keys())
    codes = sorted(set(chain.from_iterable(map(read, texts))))
    return Reading(read, [(code, _month(code)) for code in codes], is_ordered=True)


def _points(texts: Counter[str]) -> Reading:
    labels = {area.code: area.name for told in texts if (area := _area(told))}
    ordered = sorted(labels.items(), key=lambda label: label[1])
    outside = (OUTSIDE, gettext("Outside the countries that have outlines"))
    return Reading(_point, [*ordered, outside], note=OUTLINES)


READINGS: dict[Kind, Callable[[Counter[str]], Reading]] = {
    Kind.NUMBER: _numbers, Kind.DAY: _days, Kind.POINT: _points, Kind.CALCULATED: _calculated,
}  # fmt: skip


def _words() -> Reading:
    labels = [(ANSWERED, gettext("Answered")), (BLANK, gettext("Not answered"))]
    return Reading(lambda told: [ANSWERED if told else BLANK], labels, is_ordered=True)


def _one(told: str | None) -> list[str]:
    return [told] if told else []


def _several(told: str | None) -> list[str]:
    if not told:
        return []
    return list(loads(told)) if told.startswith("[") else told.split()


def _point(told: str | None) -> list[str]:
    if point_of(told) is None:
        return []
    area = _area(told)
    return [area.code if area else OUTSIDE]


def _area(told: str | None) -> Any:
    point = point_of(told)
    return _first_level(*(round(degree, 2) for degree in point)) if point else None


@lru_cache(50_000)
def _first_level(latitude: float, longitude: float) -> Any:
    """To a kilometre: outlines are not better, and neighbours ask once."""
    return first_level_at(latitude, longitude)


def _band_label(band: Band) -> str:
    if band.is_single:
        return number(band.low)
    if band.is_whole:
        return f"{number(band.low)}\N{EN DASH}{number(band.high - 1)}"
    return gettext("{low} to under {high}").format(low=number(band.low), high=number(band.high))


def _month(code: str) -> str:
    if "-" not in code:
        return code
    return date_format(date.fromisoformat(f"{code}-01"), "YEAR_MONTH_FORMAT")
