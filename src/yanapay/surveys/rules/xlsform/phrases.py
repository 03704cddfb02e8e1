"""What a foreign program says, in sentences of ours."""

import re
from collections.abc import Iterable

from yanapay.kernel.messages import Message


class Phrases:
    """Pairs of a pattern of theirs and a sentence of ours; the first pattern that is found decides.

    Named groups of the pattern are values of the sentence.
    """

    def __init__(self, pairs: Iterable[tuple[str | re.Pattern[str], Message]]) -> None:
        self._pairs = [(re.compile(pattern), message) for pattern, message in pairs]

    def told(self, text: str, **values: str) -> Message | None:
        """Our sentence for theirs, ``values`` filled in too; None when we have none."""
        for pattern, message in self._pairs:
            if match := pattern.search(text):
                known = {**dict(message.values), **values, **match.groupdict("")}
                return Message(message.template, **known)
        return None
