"""Answers to a question by another question or by place, counted in the database."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform

from yanapay.analytics.queries.groupings import (
    DEPARTMENT,
    MACRO_REGION,
    NONE,
    SOURCE_SCHEME,
    Grouping,
    departments,
    macro_regions,
)
from yanapay.analytics.queries.questions import Question, question
from yanapay.analytics.rules.crosstab import OPEN, Counts, Crosstab, cross
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.models import Coding, Instrument, Record, Submission
from yanapay.surveys.rules.agreement import settled

Codes = Callable[[Any], list[str]]


def counted(instrument: Instrument, scope: Scope | None) -> "QuerySet[Submission]":
    """The answers that tables count, cut to what the scope reads; None is for the public."""
    found = Submission.objects.counted().filter(instrument=instrument)
    return found if scope is None else found.visible_to(scope)


def asked(answers: "QuerySet[Submission]", about: Question, by: "AnswerGroup") -> Crosstab:
    """A closed question by a group. In a repeat the turns are counted, elsewhere the answers."""
    records = Record.objects.filter(
        submission__in=answers.order_by().values("pk"), repeat=about.repeat
    )
    rows = by.beside(records, about).annotate(
        told=KeyTextTransform(about.name, "values")
    ).order_by().values_list("group", "told").annotate(n=Count("pk"))  # fmt: skip
    counts, read = Counts(), reader(about)
    for group, told, n in rows.iterator():
        counts.add(by.read(group), read(told), n)
    if by.is_multiple:
        _count_once(counts, records, about, read)
    return cross(counts, by.labels, about.choices, is_single=not about.is_multiple)


def answered_any(
    answers: "QuerySet[Submission]", several: Sequence[Question]
) -> tuple[int, int, dict[str, Crosstab]]:
    """Questions asked side by side: who answered any, who none, and each by itself."""
    records = Record.objects.filter(submission__in=answers.order_by().values("pk"), repeat="")
    told = {f"told_{at}": KeyTextTransform(one.name, "values") for at, one in enumerate(several)}
    rows = records.annotate(**told).order_by().values_list(*told).annotate(n=Count("pk"))
    counts, whole = {one.name: Counts(sizes=Counter({OPEN: 0})) for one in several}, Counts()
    for *texts, n in rows.iterator():
        codes = [reader(one)(text) for one, text in zip(several, texts, strict=True)]
        whole.add([], ["any"] if any(codes) else [], n)
        for one, found in zip(several, codes, strict=True):
            counts[one.name].add([], found, n)
    tabs = {one.name: cross(counts[one.name], [], one.choices) for one in several}
    return whole.cells[OPEN, "any"], whole.cells[OPEN, OPEN], tabs


def coded(
    answers: "QuerySet[Submission]", about: Question, vocabulary: str, labels: list[tuple[str, str]],
    by: "AnswerGroup",
) -> Crosstab:  # fmt: skip
    """An open question by the codes that coders gave it; what is not settled between them is missing."""
    codes = settled_codes(answers, about.name, vocabulary)
    records = Record.objects.filter(submission__in=answers.order_by().values("pk"), repeat="")
    counts = Counts()
    for group, submission in (
        by.beside(records, about).values_list("group", "submission").iterator()
    ):
        counts.add(by.read(group), codes.get(submission, []))
    if by.is_multiple:
        whole = Counts()
        for submission in records.values_list("submission", flat=True).iterator():
            whole.add([], codes.get(submission, []))
        _take_whole(counts, whole)
    return cross(counts, by.labels, labels)


def settled_codes(
    answers: "QuerySet[Submission]", name: str, vocabulary: str
) -> dict[int, list[str]]:
    """Submission → the codes on which its coders agree or which were decided between them."""
    given: dict[int, list[tuple[bool, list[str]]]] = {}
    rows = Coding.objects.filter(
        submission__in=answers.order_by().values("pk"), question=name, vocabulary=vocabulary
    ).values_list("submission", "is_adjudicated", "codes")
    for submission, decided, codes in rows.iterator():
        given.setdefault(submission, []).append((decided, codes))
    return {pk: codes for pk, told in given.items() if (codes := settled(told)) is not None}


def reader(about: Question) -> Codes:
    """How the stored text of an answer becomes its codes; none when it was not answered."""
    if about.is_multiple:
        return _codes
    if about.type == "date":
        return lambda told: [told[:7]] if told else []
    return lambda told: [told] if told else []


def _codes(told: str | None) -> list[str]:
    if not told:
        return []
    return list(json.loads(told)) if told.startswith("[") else told.split()


def _count_once(counts: Counts, records: "QuerySet[Record]", about: Question, read: Codes) -> None:
    """Units that stand in several groups, each counted once for the whole."""
    whole = Counts()
    told = records.annotate(told=KeyTextTransform(about.name, "values"))
    for value, n in told.order_by().values_list("told").annotate(n=Count("pk")).iterator():
        whole.add([], read(value), n)
    _take_whole(counts, whole)


def _take_whole(counts: Counts, whole: Counts) -> None:
    counts.whole = Counter({code: n for (_, code), n in whole.cells.items()})
    counts.size = sum(whole.sizes.values())


class AnswerGroup:
    """By what answers are grouped: nothing, another question of the form, or the place they tell."""

    def __init__(self, code: str, by: Question | None, place: Grouping | None = None) -> None:
        self.code, self._by, self._place = code, by, place
        self.labels = list(place.labels if place else by.choices if by else [])
        self.is_multiple = bool(by and by.is_multiple)
        self.scheme, self.scheme_name = (place.scheme, place.scheme_name) if place else ("", "")

    def beside(self, records: "QuerySet[Record]", about: Question) -> "QuerySet[Any]":
        """The records with the text of what groups them as ``group``."""
        if not self._by:
            return records.annotate(group=Value(""))
        if self._by.repeat == about.repeat:
            return records.annotate(group=KeyTextTransform(self._by.name, "values"))
        if self._by.repeat:
            raise RuleBroken("«{label}» is asked in another repetition.", label=self._by.label)
        root = FilteredRelation("submission__records", condition=Q(submission__records__repeat=""))
        return records.annotate(root=root, group=KeyTextTransform(self._by.name, F("root__values")))

    def read(self, told: Any) -> Iterable[str]:
        if self._place:
            return [self._place.read(told)]
        return reader(self._by)(told) if self._by else []


def answer_group(instrument: Instrument, group_by: str, scheme: str) -> AnswerGroup:
    """The group of that name: ``none``, ``department``, ``macro_region`` or a question of the form."""
    if group_by == NONE:
        return AnswerGroup(NONE, None)
    if group_by == DEPARTMENT:
        return AnswerGroup(DEPARTMENT, _mapped_to(instrument, "area"), departments())
    if group_by == MACRO_REGION:
        return _macro_region(instrument, scheme)
    by = question(instrument, group_by)
    if not by.is_countable:
        raise RuleBroken("«{label}» cannot group a table.", label=by.label, field="group_by")
    return AnswerGroup(by.name, by)


def _macro_region(instrument: Instrument, scheme: str) -> AnswerGroup:
    """By the places of a scheme, or by the question that asks for the macro-region of the mapping."""
    if scheme and scheme != SOURCE_SCHEME:
        return AnswerGroup(MACRO_REGION, _mapped_to(instrument, "area"), macro_regions(scheme))
    if MACRO_REGION not in instrument.mapping.values():
        raise RuleBroken(
            "The form asks for the place: choose a scheme of macro-regions.", field="scheme"
        )
    return AnswerGroup(MACRO_REGION, _mapped_to(instrument, MACRO_REGION))


def _mapped_to(instrument: Instrument, what: str) -> Question:
    name = next((asked for asked, field in instrument.mapping.items() if field == what), None)
    if not name:
        raise RuleBroken("The form {form} does not ask for the place.", form=instrument.form_id,
                         field="group_by")  # fmt: skip
    return question(instrument, name)
