"""What a consultation must say, by how it ended; and which past answers are one answer. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import fold, words

PENDING, ANSWERED, COURSE, ELSEWHERE, CASE = "pendiente", "resuelta", "curso", "derivada", "caso"
LONGEST = 10  # minutes; what takes longer had better be a case
MOST_MINUTES = 600
KEPT_SHARE = 0.6  # of the words that the best match holds
COMMON = frozenset({
    "que", "como", "para", "por", "con", "del", "los", "las", "una", "uno", "unos", "unas", "mas",
    "muy", "sin", "sobre", "desde", "hasta", "entre", "cual", "cuales", "donde", "cuando", "quien",
    "este", "esta", "esto", "estos", "estas", "hay", "ser", "son", "tiene", "tener", "puede",
    "puedo", "quiero", "hacer", "the", "and", "for", "how", "what", "where", "who", "can", "with",
    "from", "about", "are",
})  # fmt: skip


def check_consultation(fields: Mapping[str, object]) -> None:
    """Raise RuleBroken for the first thing that a consultation lacks to end as it says."""
    if not str(fields.get("question", "")).strip():
        raise RuleBroken("Write what was asked.", field="question")
    minutes = fields.get("minutes") or 0
    if not isinstance(minutes, int) or not 0 <= minutes <= MOST_MINUTES:
        raise RuleBroken(
            "A consultation takes from 0 to {most} minutes.", field="minutes", most=MOST_MINUTES
        )
    outcome = fields.get("outcome")
    if outcome == ANSWERED and not str(fields.get("answer", "")).strip():
        raise RuleBroken("Write the answer, or keep the consultation as pending.", field="answer")
    if outcome == ELSEWHERE and not str(fields.get("referred_to", "")).strip():
        raise RuleBroken("Say to which body the person was referred.", field="referred_to")


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes of a conversation, begun ones counted, within what can be kept."""
    seconds = max((end - start).total_seconds(), 0)
    return min(int(-(-seconds // 60)), MOST_MINUTES)


def telling_words(text: str) -> list[str]:
    """The words of a question that say what it is about, each once."""
    return list(dict.fromkeys(w for w in words(text) if len(w) > 2 and w not in COMMON))


@dataclass(frozen=True)
class Given:
    """One time that an answer was given: ``based_on`` is the time before, ``found`` how many words it holds."""

    key: int
    answer: str
    based_on: int | None
    asked_at: datetime
    found: int = 0


@dataclass(frozen=True)
class Grouped:
    """One answer: the last time it was given, how often, how well the best of its questions fits."""

    key: int
    times: int
    found: int


def by_frequency(given: Collection[Given]) -> list[Grouped]:
    """The answers among those given, the one given most often first; what fits far less well is left out.

    Two are one answer when they say the same but for case, accents and punctuation, or when one was
    given again as the other.
    """
    if not given:
        return []
    least = max(one.found for one in given) * KEPT_SHARE
    fitting = [one for one in given if one.found >= least]
    groups = _groups(fitting)
    grouped = [
        (max(group, key=lambda one: (one.asked_at, one.key)), group) for group in groups
    ]  # fmt: skip
    grouped.sort(
        key=lambda pair: (len(pair[1]), max(o.found for o in pair[1]), pair[0].asked_at),
        reverse=True,
    )
    return [Grouped(last.key, len(group), max(o.found for o in group)) for last, group in grouped]


def _groups(given: Sequence[Given]) -> list[list[Given]]:
    """The classes of the relation "is the same answer"."""
    root: dict[int | str, int | str] = {}

    def top(node: int | str) -> int | str:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for one in given:
        root[top(one.key)] = top(fold(one.answer))
        if one.based_on is not None:
            root[top(one.key)] = top(one.based_on)
    found: dict[int | str, list[Given]] = {}
    for one in given:
        found.setdefault(top(one.key), []).append(one)
    return list(found.values())


@dataclass(frozen=True)
class Demand:
    """How many consultations were about a topic, of how many."""

    topic: str
    n: int
    base: int

    @property
    def share(self) -> float:
        return self.n / self.base if self.base else 0.0


def demand_by_topic(counts: Mapping[str, int]) -> list[Demand]:
    """Topics by demand, most asked first; topics nobody asked about are left out."""
    base = sum(counts.values())
    ordered = sorted(Counter(counts).items(), key=lambda pair: (-pair[1], pair[0]))
    return [Demand(topic, n, base) for topic, n in ordered if n]
