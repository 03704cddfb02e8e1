"""Whether two coders read open answers alike: Cohen's kappa, and what is settled between them. Pure.

Kappa is the agreement beyond what two coders would reach by chance with their own habits:
(observed - expected) / (1 - expected). It is computed code by code (given or not) and, where every answer got
exactly one code from both, over all codes together.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yanapay.kernel.messages import Message

Codes = Collection[str]
Pair = tuple[Codes, Codes]
NOTHING_IN_COMMON = Message("No answer was coded by both, so there is nothing to compare.")
ALWAYS_THE_SAME = Message(
    "Both gave every answer the same code: chance alone would agree as well, so kappa is undefined."
)
NEVER_GIVEN = Message("Neither coder ever gave this code, so kappa is undefined.")
ALWAYS_GIVEN = Message("Both coders gave this code to every answer, so kappa is undefined.")


@dataclass(frozen=True)
class Agreement:
    """Of ``n`` answers coded by both, ``agreed`` alike. ``kappa`` is None where undefined; ``why`` says so."""

    n: int
    agreed: int
    kappa: Fraction | None
    why: Message | None = None

    @property
    def observed(self) -> Fraction | None:
        return Fraction(self.agreed, self.n) if self.n else None


def kappa(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Agreement of two coders who gave each answer one category."""
    n, agreed = len(pairs), sum(a == b for a, b in pairs)
    if not n:
        return Agreement(0, 0, None, NOTHING_IN_COMMON)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = Fraction(sum(first[code] * second[code] for code in first), n * n)
    if expected == 1:
        return Agreement(n, agreed, None, ALWAYS_THE_SAME)
    return Agreement(n, agreed, (Fraction(agreed, n) - expected) / (1 - expected))


def kappa_of_code(pairs: Iterable[Pair], code: str) -> Agreement:
    """Agreement on whether an answer has one code."""
    told = [("yes" if code in a else "no", "yes" if code in b else "no") for a, b in pairs]
    found = kappa(told)
    if found.why is ALWAYS_THE_SAME:
        why = NEVER_GIVEN if told[0][0] == "no" else ALWAYS_GIVEN
        return Agreement(found.n, found.agreed, None, why)
    return found


def kappa_of_single(pairs: Sequence[Pair]) -> Agreement | None:
    """Agreement over all codes together; None when some answer has several codes or none."""
    if any(len(a) != 1 or len(b) != 1 for a, b in pairs):
        return None
    return kappa([(next(iter(a)), next(iter(b))) for a, b in pairs])


def alike(pair: Pair) -> bool:
    return set(pair[0]) == set(pair[1])


def settled(given: Iterable[tuple[bool, Sequence[str]]]) -> list[str] | None:
    """The codes of an answer from what its coders gave: what was decided between them, else what all gave.

    ``given`` are (was decided, codes); None when they differ and nobody decided.
    """
    told = list(given)
    decided = [codes for is_decided, codes in told if is_decided]
    if decided:
        return sorted(decided[0])
    if not told or any(set(codes) != set(told[0][1]) for _, codes in told):
        return None
    return sorted(told[0][1])


BANDS: Mapping[Fraction, Message] = {
    Fraction(4, 5): Message("almost perfect"), Fraction(3, 5): Message("substantial"),
    Fraction(2, 5): Message("moderate"), Fraction(1, 5): Message("fair"), Fraction(0): Message("slight"),
}  # fmt: skip


def in_words(value: Fraction) -> Message:
    """The usual reading of a kappa (Landis and Koch, 1977): a convention, not a law."""
    return next(
        (said for least, said in BANDS.items() if value > least or (least == 0 and value == 0)),
        Message("worse than chance"),
    )
