"""A distribution with its base and what is missing, so that a percentage can always be judged. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Class:
    """One class: how many fell into it."""

    label: str
    n: int


@dataclass(frozen=True)
class Distribution:
    """``base`` answered and fall into the classes; of ``missing`` it is not known."""

    base: int
    missing: int
    classes: tuple[Class, ...]

    def percent(self, label: str) -> float | None:
        """The share of a class in the base, to one decimal; None when nobody answered."""
        n = sum(found.n for found in self.classes if found.label == label)
        return round(100 * n / self.base, 1) if self.base else None

    def percents(self) -> dict[str, float | None]:
        return {found.label: self.percent(found.label) for found in self.classes}


def distribute(values: Iterable[str | None], order: Sequence[str]) -> Distribution:
    """Count values into classes shown in ``order`` (others after, by size); None is missing."""
    counted = Counter(values)
    missing = counted.pop(None, 0)
    others = [str(label) for label, _ in counted.most_common() if label not in order]
    classes = tuple(Class(label, counted[label]) for label in [*order, *others])
    return Distribution(sum(found.n for found in classes), missing, classes)


def spread(counts: Iterable[tuple[str, int]], missing: int) -> Distribution:
    """A distribution of things already counted (workers), with how many enterprises did not tell."""
    classes = tuple(Class(label, n) for label, n in counts)
    return Distribution(sum(found.n for found in classes), missing, classes)
