"""Answers to a question by another question or by place, counted in the database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
from yanapay.analytics.queries.questions import Question, asked_of, question
from yanapay.analytics.queries.readings import Codes, Reading, numbers, reading, told_in
from yanapay.analytics.rules.classes import Summary, summary
from yanapay.analytics.rules.crosstab import OPEN, Counts, Crosstab, cross
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.messages import Message
from yanapay.surveys.models import Coding, Instrument, Record, Submission
from yanapay.surveys.rules.agreement import settled

RELEASED = 5
"""So many answers enter the public tables at once: two days of a table never differ by one answer more."""


@dataclass(frozen=True)
class Asked:
    """A question as counted: its table, the summaries of its numbers by group (None: of all), what to know."""

    tab: Crosstab
    summaries: Mapping[str | None, Summary] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


def counted(instrument: Instrument, scope: Scope | None) -> "QuerySet[Submission]":
    """The answers that tables count, cut to what the scope reads; None is for the public."""
    found = Submission.objects.counted().filter(instrument=instrument)
    return _released(found) if scope is None else found.visible_to(scope)


def _released(answers: "QuerySet[Submission]") -> "QuerySet[Submission]":
    """The answers in the order in which they came, as many as make whole fives."""
    released = answers.count() // RELEASED * RELEASED
    return answers.filter(pk__in=answers.order_by("pk").values("pk")[:released])


def records_of(answers: "QuerySet[Submission]", repeat: str = "") -> "QuerySet[Record]":
    """The rows of these answers: the answers themselves, or the turns of a repeat."""
    return Record.objects.filter(submission__in=answers.order_by().values("pk"), repeat=repeat)


def asked(answers: "QuerySet[Submission]", about: Question, by: "AnswerGroup") -> Asked:
    """A question by a group. In a repeat the turns are counted, elsewhere the answers."""
    records = records_of(answers, about.repeat)
    read = reading(about, records)
    rows = told_in(by.beside(records, about), about).values_list("group", "told")
    told = [(tuple(by.read(group)), text, n) for group, text, n in rows.annotate(n=Count("pk"))]
    counts = Counts()
    for groups, text, n in told:
        counts.add(groups, read.read(text), n)
    if by.is_multiple:
        _count_once(counts, records, about, read.read)
    tab = cross(counts, by.labels, read.labels, is_single=not about.is_multiple,
                is_ordered=read.is_ordered)  # fmt: skip
    notes = tuple(dict.fromkeys(note for note in (read.note, by.note) if note))
    return Asked(tab, _summaries(told, records, about) if read.has_numbers else {}, notes)


def _summaries(
    told: Iterable[tuple[tuple[str, ...], str | None, int]], records: "QuerySet[Record]", about: Question
) -> dict[str | None, Summary]:  # fmt: skip
    """The summary of each group, and of all under None; of groups without numbers there is none."""
    texts: dict[str | None, list[tuple[str | None, int]]] = defaultdict(list)
    for groups, text, n in told:
        for group in groups or (OPEN,):
            texts[group].append((text, n))
    texts[None] = list(told_in(records, about).values_list("told").annotate(n=Count("pk")))
    found = {group: summary(numbers(counted)) for group, counted in texts.items()}
    return {group: one for group, one in found.items() if one}


def answered_any(
    answers: "QuerySet[Submission]", several: Sequence[Question]
) -> tuple[int, int, dict[str, Crosstab]]:
    """Questions asked side by side: who answered any, who none, and each by itself."""
    records = records_of(answers)
    told = {f"told_{at}": KeyTextTransform(one.name, "values") for at, one in enumerate(several)}
    rows = records.annotate(**told).order_by().values_list(*told).annotate(n=Count("pk"))
    counts, whole = {one.name: Counts(sizes=Counter({OPEN: 0})) for one in several}, Counts()
    reads = [reading(one, records) for one in several]
    for *texts, n in rows.iterator():
        codes = [read.read(text) for read, text in zip(reads, texts, strict=True)]
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
    records, counts = records_of(answers), Counts()
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


def _count_once(counts: Counts, records: "QuerySet[Record]", about: Question, read: Codes) -> None:
    """Units that stand in several groups, each counted once for the whole."""
    whole = Counts()
    rows = told_in(records, about).values_list("told").annotate(n=Count("pk"))
    for value, n in rows.iterator():
        whole.add([], read(value), n)
    _take_whole(counts, whole)


def _take_whole(counts: Counts, whole: Counts) -> None:
    counts.whole = Counter({code: n for (_, code), n in whole.cells.items()})
    counts.size = sum(whole.sizes.values())


class AnswerGroup:
    """By what answers are grouped: nothing, another question of the form, or the place they tell."""

    def __init__(
        self, code: str, by: Question | None = None, read: Reading | None = None, place: Grouping | None = None
    ) -> None:  # fmt: skip
        self.code, self._by, self._read, self._place = code, by, read, place
        self.labels = list(place.labels if place else read.labels if read else [])
        self.is_multiple = bool(by and by.is_multiple and not place)
        self.scheme, self.scheme_name = (place.scheme, place.scheme_name) if place else ("", "")
        self.note = read.note if read else None
        self.title = by.label if by and not place else ""

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
        return self._read.read(told) if self._read else []


def answer_group(
    instrument: Instrument, group_by: str, scheme: str, answers: "QuerySet[Submission]"
) -> AnswerGroup:
    """The group of that name: ``none``, ``department``, ``macro_region`` or a question of the form."""
    if group_by == NONE:
        return AnswerGroup(NONE)
    if group_by == DEPARTMENT:
        return AnswerGroup(DEPARTMENT, _mapped_to(instrument, "area"), place=departments())
    if group_by == MACRO_REGION:
        return _macro_region(instrument, scheme, answers)
    return _by_question(question(instrument, group_by), group_by, answers)


def _by_question(by: Question, code: str, answers: "QuerySet[Submission]") -> AnswerGroup:
    return AnswerGroup(code, by, reading(by, records_of(answers, by.repeat)))


def _macro_region(
    instrument: Instrument, scheme: str, answers: "QuerySet[Submission]"
) -> AnswerGroup:
    """By the places of a scheme, or by the question that asks for the macro-region of the mapping."""
    if scheme and scheme != SOURCE_SCHEME:
        return AnswerGroup(
            MACRO_REGION, _mapped_to(instrument, "area"), place=macro_regions(scheme)
        )
    if MACRO_REGION not in instrument.mapping.values():
        raise RuleBroken(
            "The form asks for the place: choose a scheme of macro-regions.", field="scheme"
        )
    return _by_question(_mapped_to(instrument, MACRO_REGION), MACRO_REGION, answers)


def _mapped_to(instrument: Instrument, what: str) -> Question:
    if not (found := asked_of(instrument, what)):
        raise RuleBroken("The form {form} does not ask for the place.", form=instrument.form_id,
                         field="group_by")  # fmt: skip
    return found
