"""What is looked for: words with their alternatives."""

from collections.abc import Mapping, Sequence

Choices = Sequence[Mapping[str, int]]
"""For each word typed: the known words it may stand for, with their frequency."""


def can_be_met(choices: Choices) -> bool:
    """Whether there are words, each with an alternative."""
    return bool(choices) and all(choices)
