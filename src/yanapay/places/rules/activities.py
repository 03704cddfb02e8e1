"""Activity codes in memory: look one up, carry one over to the newer revision, place one in its tree."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple


class ActivityRef(NamedTuple):
    id: int
    revision: str
    code: str
    level: str
    section: str
    label_en: str
    label_es: str

    def label(self, language: str) -> str:
        """The label in the language; all have one in English."""
        return label_in(language, self.label_en, self.label_es)


def label_in(language: str, english: str, spanish: str) -> str:
    """The label in the language, or in English."""
    return (spanish if language.startswith("es") else "") or english


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


class ActivityTree:
    """Where each activity stands in the tree of Rev. 4: section, division, group, class.

    A code of Rev. 3 stands where all that it may be in Rev. 4 has in common: a class that was split within
    its division stands at the division, one that was scattered over sections nowhere.
    """

    def __init__(self, refs: Iterable[ActivityRef], matches: Iterable[tuple[str, str]]) -> None:
        found = list(refs)
        self._section = {
            code: ref.section for ref in found if ref.revision == "4" for code in _steps(ref)
        }
        older = {ref.code: ref for ref in found if ref.revision == "3"}
        self._rev4: defaultdict[str, list[str]] = defaultdict(list)
        for rev3, rev4 in matches:
            for code in _steps(older[rev3]):
                self._rev4[code].append(rev4)
        self._place = {ref.id: self._stand(ref) for ref in found}
        self._below: defaultdict[str, set[str]] = defaultdict(set)
        for code in self._section:
            *_, above, own = ("", *self.path(code))
            self._below[above].add(own)

    def path(self, code: str) -> tuple[str, ...]:
        """The codes from the section down to this one of Rev. 4; of an unknown code itself alone."""
        section = self._section.get(code)
        if section is None or code == section:
            return (code,)
        return (section, *(code[:digits] for digits in range(2, len(code) + 1)))

    def place(self, activity: int) -> tuple[str, ...]:
        """The path of an activity by its number."""
        return self._place.get(activity, ())

    def under(self, code: str) -> list[int]:
        """The numbers of all activities of both revisions that stand at the code or below it."""
        return [pk for pk, path in self._place.items() if code in path]

    def below(self, code: str = "") -> list[str]:
        """The codes one level below; the sections when none is named."""
        return sorted(self._below.get(code, ()))

    def _stand(self, ref: ActivityRef) -> tuple[str, ...]:
        if ref.revision == "4":
            return self.path(ref.code)
        levels = zip(*(self.path(code) for code in self._rev4[ref.code]), strict=False)
        return tuple(codes[0] for codes in takewhile(lambda codes: len(set(codes)) == 1, levels))


def _steps(ref: ActivityRef) -> set[str]:
    """The section, and each beginning of the code that is one: division, group, class."""
    return {ref.section, *(ref.code[:digits] for digits in range(2, len(ref.code) + 1))}


def _plain(code: str) -> str:
    return code.replace(".", "").strip().upper()
