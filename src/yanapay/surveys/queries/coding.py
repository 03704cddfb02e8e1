"""What there is to code, how far each coder is, where two coders differ."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import get_language

from yanapay.accounts.models import User
from yanapay.centres.rules import Scope
from yanapay.directory.models import Term
from yanapay.surveys.models import Coding, Instrument, Record, Submission
from yanapay.surveys.rules.agreement import (
    Agreement,
    alike,
    kappa_of_code,
    kappa_of_single,
)

NOT_FOR_ANSWERS = {"kind", "macro_region", "website_class", "region_basis"}


@dataclass(frozen=True)
class Task:
    """An open question of a form read against one list of codes, within the answers that a user reads."""

    instrument: Instrument
    question: str
    vocabulary: str
    scope: Scope

    def answers(self) -> "QuerySet[Any]":
        """The answers with words, the oldest first, as ``told``."""
        counted = Submission.objects.counted().filter(instrument=self.instrument)
        return (
            Record.objects.filter(submission__in=counted.visible_to(self.scope).values("pk"), repeat="")
            .annotate(told=Cast(KeyTextTransform(self.question, "values"), TextField()))
            .filter(told__gt="").order_by("submission")
        )  # fmt: skip

    def codings(self) -> "QuerySet[Coding]":
        return Coding.objects.filter(
            question=self.question, vocabulary=self.vocabulary,
            submission__in=self.answers().order_by().values("submission"),
        )  # fmt: skip

    def by(self, coder: int | None) -> "QuerySet[Coding]":
        return self.codings().filter(coder=coder, is_adjudicated=False)

    def waiting(self, coder: int | None) -> "QuerySet[Any]":
        """The answers that this coder has not coded yet."""
        return self.answers().exclude(submission__in=self.by(coder).values("submission"))

    def terms(self) -> "QuerySet[Term]":
        return Term.objects.filter(vocabulary=self.vocabulary).order_by("pk")


@dataclass(frozen=True)
class CodeAgreement:
    """One code: how often both gave it, only one, only the other."""

    code: str
    label: str
    both: int
    only_first: int
    only_second: int
    agreement: Agreement


@dataclass(frozen=True)
class Difference:
    """An answer that two coders read differently; ``decided`` once somebody settled it."""

    submission: int
    told: str
    first: list[str]
    second: list[str]
    decided: list[str] | None


@dataclass(frozen=True)
class Comparison:
    """Two coders over the answers that both coded."""

    first: User
    second: User
    n: int
    alike: int
    codes: list[CodeAgreement]
    whole: Agreement | None
    differences: list[Difference]
    undecided: int


def open_questions(instrument: Instrument) -> list[tuple[str, str]]:
    """Name and label of the questions answered in own words, without personal ones and those of repeats."""
    schema = instrument.current.schema if instrument.current else []
    language = (get_language() or "es")[:2]
    return [
        (one["name"], str(one["labels"].get(language) or next(iter(one["labels"].values()), one["name"])))
        for one in schema
        if one["type"] in {"text", "string"} and not one.get("personal") and not one.get("repeat")
    ]  # fmt: skip


def vocabularies() -> list[str]:
    """The lists of codes that fit answers."""
    found = Term.objects.order_by("vocabulary").values_list("vocabulary", flat=True).distinct()
    return [name for name in found if name not in NOT_FOR_ANSWERS]


def coders(task: Task) -> list[tuple[User, int]]:
    """Who coded how many answers, the most first."""
    rows = Counter(task.codings().filter(is_adjudicated=False).values_list("coder", flat=True))
    people = User.objects.in_bulk(rows)
    return [(people[pk], n) for pk, n in rows.most_common()]


def comparison(task: Task, first: User, second: User) -> Comparison:
    """The two coders code by code, and the answers on which they differ, undecided ones first."""
    given = _given(task)
    pairs = {
        pk: (told[first.pk], told[second.pk])
        for pk, told in given.items() if first.pk in told and second.pk in told
    }  # fmt: skip
    decided = dict(task.codings().filter(is_adjudicated=True).values_list("submission", "codes"))
    differing = [pk for pk, pair in pairs.items() if not alike(pair)]
    texts = dict(task.answers().filter(submission__in=differing).values_list("submission", "told"))
    rows = [Difference(pk, texts[pk], *pairs[pk], decided.get(pk)) for pk in differing]
    rows.sort(key=lambda row: (row.decided is not None, row.submission))
    return Comparison(
        first, second, len(pairs), len(pairs) - len(differing), _codes(task, list(pairs.values())),
        kappa_of_single(list(pairs.values())), rows, sum(1 for row in rows if row.decided is None),
    )  # fmt: skip


def _given(task: Task) -> dict[int, dict[int, list[str]]]:
    """Submission → coder → codes."""
    given: dict[int, dict[int, list[str]]] = defaultdict(dict)
    rows = task.codings().filter(is_adjudicated=False).values_list("submission", "coder", "codes")
    for submission, coder, codes in rows:
        given[submission][coder] = codes
    return given


def _codes(task: Task, pairs: list[tuple[list[str], list[str]]]) -> list[CodeAgreement]:
    used = {code for pair in pairs for codes in pair for code in codes}
    return [_code(term, pairs) for term in task.terms() if term.code in used]


def _code(term: Term, pairs: Iterable[tuple[list[str], list[str]]]) -> CodeAgreement:
    told = [(term.code in a, term.code in b) for a, b in pairs]
    both, first, second = (
        told.count(pair) for pair in ((True, True), (True, False), (False, True))
    )
    return CodeAgreement(
        term.code, term.label, both, first, second, kappa_of_code(pairs, term.code)
    )
