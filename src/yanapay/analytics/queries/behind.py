"""The answers behind a number of a table: who gave a code, in which group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext

from yanapay.analytics.queries.answers import (
    AnswerGroup,
    answer_group,
    counted,
    records_of,
    settled_codes,
)
from yanapay.analytics.queries.groupings import GROUP_TITLES, NONE, terms
from yanapay.analytics.queries.questions import Named, named
from yanapay.analytics.queries.readings import reading, told_in
from yanapay.analytics.rules.crosstab import ANY, OPEN, Label
from yanapay.centres.rules import Scope
from yanapay.kernel.filters import AddressFilters
from yanapay.surveys.models import Record, Submission

UNSET = "-"
"""In an address, the group or the code of those of whom it is not known: an empty value is no filter."""


@dataclass(frozen=True)
class Cell(AddressFilters):
    """A number of a table of a form, as an address names it; an empty ``group`` or ``code`` is every one."""

    table: str = ""
    by: str = ""
    scheme: str = ""
    group: str = ""
    code: str = ""


@dataclass(frozen=True)
class Behind:
    """The answers of a number, what it counts in words, and how many entries of a repeat it counts."""

    answers: "QuerySet[Submission]"
    title: str
    parts: list[Label]
    repeat: str
    n: int


def behind(cell: Cell, scope: Scope) -> Behind:
    """The answers that a number counts, of those that the scope reads."""
    found = named(cell.table, scope)
    answers = counted(found.instrument, scope)
    by = answer_group(found.instrument, cell.by or NONE, cell.scheme, answers)
    records = records_of(answers, found.about.repeat)
    parts = []
    if cell.group:
        records = _having(by.beside(records, found.about), "group", by.read, _read(cell.group))
        parts.append((_group_title(by), _label(by.labels, cell.group)))
    if cell.code:
        records, labels = _with_code(found, records, answers, _read(cell.code))
        parts.append(("", _label(labels, cell.code)))
    held = Submission.objects.filter(pk__in=records.order_by().values("submission"))
    return Behind(held, found.about.label, parts, found.about.repeat, records.count())


def _with_code(
    found: Named, records: "QuerySet[Record]", answers: "QuerySet[Submission]", code: str
) -> tuple["QuerySet[Record]", Iterable[Label]]:
    """The records that gave a code, and what codes are called."""
    if not found.vocabulary:
        read = reading(found.about, records_of(answers, found.about.repeat))
        return _having(told_in(records, found.about), "told", read.read, code), read.labels
    settled = settled_codes(answers, found.about.name, found.vocabulary)
    given = [pk for pk, codes in settled.items() if codes and code in {ANY, *codes}]
    if code != OPEN:
        return records.filter(submission__in=given), terms(found.vocabulary)
    answered = [pk for pk, codes in settled.items() if codes]
    return records.exclude(submission__in=answered), ()


def _having(
    records: "QuerySet[Record]", name: str, read: Callable[[str | None], Iterable[str]], code: str
) -> "QuerySet[Record]":
    """The records whose text, annotated under a name, reads as a code."""
    plain = records.annotate(plain=Cast(F(name), TextField()))  # else values are taken for JSON
    texts = plain.order_by().values_list("plain", flat=True).distinct()
    kept = [text for text in texts if code in _codes(read(text))]
    told = Q(plain__in=[text for text in kept if text is not None])
    return plain.filter(told | Q(plain=None) if None in kept else told)


def _codes(given: Iterable[str]) -> set[str]:
    """The codes under which somebody is counted."""
    codes = set(given) - {OPEN}
    return {ANY, *codes} if codes else {OPEN}


def _read(value: str) -> str:
    return OPEN if value == UNSET else value


def _group_title(by: AnswerGroup) -> str:
    return GROUP_TITLES[by.code].render(gettext) if by.code in GROUP_TITLES else by.title


def _label(labels: Iterable[Label], value: str) -> str:
    if value == UNSET:
        return gettext("Not stated")
    return gettext("answered") if value == ANY else dict(labels).get(value, value)
