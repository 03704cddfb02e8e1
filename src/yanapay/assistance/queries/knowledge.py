"""The knowledge base: past answers found by the words of a question, the one given most often first."""

from dataclasses import dataclass

from yanapay.assistance.choices import Outcome
from yanapay.assistance.models import Consultation
from yanapay.assistance.models.consultations import ConsultationQuerySet
from yanapay.assistance.rules.consultations import Given, by_frequency, telling_words
from yanapay.base import finding, search
from yanapay.centres.rules import Scope
from yanapay.kernel.text import words

LOOKED_AT = 400  # the newest that fit; among more than that the ranking no longer changes
MOST_WORDS = 8
Groups = list[dict[str, int]]


@dataclass(frozen=True)
class PastAnswer:
    """The consultation in which an answer was last given, and how often it was given."""

    consultation: Consultation
    times: int


def past_answers(scope: Scope, text: str, topic: str = "", limit: int = 5) -> list[PastAnswer]:
    """Answers of the user's centres to questions like this one; typing errors forgiven.

    Not every word must be there: those that hold more of the words come first, among these the
    answer given most often. Without telling words, the most frequent answers on the topic.
    """
    answered = _answered(scope)
    groups = _groups(text)
    if groups:
        given = _given(finding.matching(answered, [_any_of(groups)]), groups)
    elif topic and not telling_words(text):
        given = _given(answered.filter(topic=topic), [])
    else:
        return []
    best = by_frequency(given)[:limit]
    found = answered.in_bulk([one.key for one in best])
    return [PastAnswer(found[one.key], one.times) for one in best]


def times_given(consultation: Consultation) -> int:
    """How often the answer of a consultation was given again from it."""
    return consultation.reused_in.count()


def _answered(scope: Scope) -> ConsultationQuerySet:
    done = Consultation.objects.visible_to(scope).exclude(outcome=Outcome.PENDING)
    return done.exclude(answer="")


def _groups(text: str) -> Groups:
    """The spellings of each telling word; words nobody ever wrote tell nothing. The rarest say most."""
    typed = " ".join(telling_words(text)[: 2 * MOST_WORDS])
    known = [group for group in search.alternatives(typed) if group]
    return sorted(known, key=lambda group: sum(group.values()))[:MOST_WORDS]


def _any_of(groups: Groups) -> dict[str, int]:
    return {word: n for group in groups for word, n in group.items()}


def _given(found: ConsultationQuerySet, groups: Groups) -> list[Given]:
    rows = found.newest_first().values_list("pk", "answer", "based_on", "asked_at", "search_text")
    return [
        Given(pk, answer, based_on, asked_at, _held(groups, text))
        for pk, answer, based_on, asked_at, text in rows[:LOOKED_AT]
    ]


def _held(groups: Groups, text: str) -> int:
    """How many of the words stand in a text, in any of their spellings."""
    there = set(words(text))
    return sum(1 for group in groups if not there.isdisjoint(group))
