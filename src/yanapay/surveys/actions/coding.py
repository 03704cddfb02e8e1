"""Open answers coded by people, each on their own, and decided between them where they differ."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from yanapay.accounts.models import User
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.models import Term
from yanapay.kernel.errors import RuleBroken
from yanapay.surveys.models import Coding, Submission


@transaction.atomic
def code_answer(
    *, by: Actor, submission: Submission, question: str, vocabulary: str, codes: Collection[str], coder: User
) -> Coding:  # fmt: skip
    """Give an open answer the codes of one coder; none means that no code fits.

    Once another person has coded the answer too, nobody changes theirs: agreement would be made afterwards.
    """
    given = _known(vocabulary, codes)
    others = _codings(submission, question, vocabulary).exclude(coder=coder)
    own = _codings(submission, question, vocabulary).filter(coder=coder).first()
    if own and own.codes != given and others.exists():
        raise RuleBroken(
            "Somebody else has coded this answer too: where you differ it is decided later."
        )
    coding, _ = Coding.objects.update_or_create(
        submission=submission, question=question, vocabulary=vocabulary, coder=coder, is_adjudicated=False,
        defaults={"codes": given},
    )  # fmt: skip
    _note(by, coding, "surveys.answer_coded", own.codes if own else [])
    return coding


@transaction.atomic
def decide_codes(
    *, by: Actor, submission: Submission, question: str, vocabulary: str, codes: Collection[str], judge: User
) -> Coding:  # fmt: skip
    """Settle the codes of an answer that two people coded; tables count what was decided."""
    given = _known(vocabulary, codes)
    if _codings(submission, question, vocabulary).count() < 2:
        raise RuleBroken("There is nothing to decide before two people have coded this answer.")
    before = Coding.objects.filter(
        submission=submission, question=question, vocabulary=vocabulary, is_adjudicated=True
    ).first()
    coding, _ = Coding.objects.update_or_create(
        submission=submission, question=question, vocabulary=vocabulary, is_adjudicated=True,
        defaults={"codes": given, "coder": judge},
    )  # fmt: skip
    _note(by, coding, "surveys.codes_decided", before.codes if before else [])
    return coding


def _codings(submission: Submission, question: str, vocabulary: str) -> "QuerySet[Coding]":
    return Coding.objects.filter(
        submission=submission, question=question, vocabulary=vocabulary, is_adjudicated=False
    )


def _known(vocabulary: str, codes: Collection[str]) -> list[str]:
    """The codes in order, each once, all of the vocabulary."""
    held = set(Term.objects.filter(vocabulary=vocabulary).values_list("code", flat=True))
    if not held:
        raise RuleBroken("There is no list of codes «{name}».", name=vocabulary, field="vocabulary")
    if strange := set(codes) - held:
        raise RuleBroken("«{code}» is not in the list of codes.", code=min(strange), field="codes")
    return sorted(set(codes))


def _note(by: Actor, coding: Coding, action: str, before: list[str]) -> None:
    if before != coding.codes:
        what = {coding.question: [before, coding.codes], "vocabulary": [None, coding.vocabulary]}
        record(
            by=by,
            action=action,
            object_type="submission",
            object_id=coding.submission_id,
            changes=what,
        )
