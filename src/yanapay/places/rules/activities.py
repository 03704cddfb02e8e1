"""Activity codes in memory: look one up, carry one over to the newer revision."""

from collections.abc import Iterable
from typing import NamedTuple


class ActivityRef(NamedTuple):
    id: int
    revision: str
    code: str
    level: str
    section: str
    label_en: str
    label_es: str


class Activities:
    def __init__(self, refs: Iterable[ActivityRef], one_to_one: dict[str, str]) -> None:
        self._by_code = {(ref.revision, ref.code): ref for ref in refs}
        self._rev4_by_rev3 = one_to_one

    def by_code(self, revision: str, code: str) -> ActivityRef | None:
        """The activity of a code as printed ("01.11", " a ") in revision "3" or "4"."""
        return self._by_code.get((revision, _plain(code)))

    def rev4_from_rev3(self, code: str) -> str | None:
        """The class of Rev. 4 that is exactly this class of Rev. 3; None when it was split or joined."""
        return self._rev4_by_rev3.get(_plain(code))


def _plain(code: str) -> str:
    return code.replace(".", "").strip().upper()
