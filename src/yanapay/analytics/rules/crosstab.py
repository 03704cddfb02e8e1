"""One question by one grouping, with base and missing, so that every share can be judged. Pure.

An answer may carry several codes: shares are of those who answered, so they may add to more than one. A unit
may stand in several groups (an organisation in two networks): then the groups do not add to the whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Label = tuple[str, str]
"""A code with its label."""
OPEN = ""
"""The group of those of whom the grouping is not known; the code of those who did not answer."""
ANY = "*"
"""In a link, the code of whoever answered, whatever they said."""


@dataclass(frozen=True)
class Row:
    """How many of a group gave a code. ``n`` and ``base`` are kept; None means hidden or not printed."""

    group: str
    code: str
    label: str
    n: int | None
    base: int | None
    rank: int | None = None

    @property
    def share(self) -> float | None:
        return self.n / self.base if self.n is not None and self.base else None


@dataclass(frozen=True)
class Group:
    """A column of the table: who answered in it, and who did not."""

    code: str
    label: str
    base: int | None
    missing: int | None


@dataclass(frozen=True)
class Crosstab:
    """``base`` answered, ``missing`` did not. ``totals`` count every unit once, whatever its groups."""

    base: int | None
    missing: int | None
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]
    are_parts: bool = True  # the groups add up to the whole
    is_single: bool = False  # every unit gave one code: a column adds up to its base
    is_ordered: bool = False  # codes stand in their own order: nobody ranks ages


@dataclass
class Counts:
    """What was counted: units by (group, code), the code ``OPEN`` standing for no answer.

    ``sizes`` are the units of each group; ``whole`` counts by code without groups, None when the groups
    are parts and so add up to it.
    """

    cells: Counter[tuple[str, str]] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] | None = None
    size: int | None = None

    def add(self, groups: Iterable[str], codes: Iterable[str], n: int = 1) -> None:
        """Count ``n`` units that stand in these groups and gave these codes; none is ``OPEN``."""
        codes = set(codes) or {OPEN}
        for group in set(groups) or {OPEN}:
            self.sizes[group] += n
            for code in codes:
                self.cells[group, code] += n


def cross(
    counts: Counts, groups: Sequence[Label], codes: Sequence[Label], *, is_single: bool = False,
    is_ordered: bool = False,
) -> Crosstab:  # fmt: skip
    """The table of what was counted. Codes nobody gave are left out; unknown ones come last by their code."""
    arranged = _in_order if is_ordered else _ranked
    columns = [
        Group(code, label, counts.sizes[code] - (missing := counts.cells[code, OPEN]), missing)
        for code, label in _complete(groups, counts.sizes)
    ]
    named = _complete(codes, {code for _, code in counts.cells} - {OPEN})
    rows = [row for column in columns for row in arranged(column.code, _of(counts, column.code), named,
                                                          column.base or 0)]  # fmt: skip
    whole = counts.whole if counts.whole is not None else _summed(counts)
    size = sum(counts.sizes.values()) if counts.size is None else counts.size
    base = size - whole[OPEN]
    totals = arranged(OPEN, whole, named, base)
    return Crosstab(
        base, whole[OPEN], tuple(columns), tuple(rows), tuple(totals),
        are_parts=counts.whole is None, is_single=is_single, is_ordered=is_ordered,
    )  # fmt: skip


def _complete(known: Sequence[Label], found: Iterable[str]) -> list[Label]:
    """The known labels that occur, in their order, then what nobody labelled; the open group last."""
    present = set(found)
    listed = [label for label in known if label[0] in present]
    others = sorted(present - {code for code, _ in listed} - {OPEN})
    rest = [] if OPEN not in present or OPEN in dict(listed) else [(OPEN, "")]
    return [*listed, *((code, code) for code in others), *rest]


def _of(counts: Counts, group: str) -> Counter[str]:
    return Counter({code: n for (held, code), n in counts.cells.items() if held == group})


def _summed(counts: Counts) -> Counter[str]:
    whole: Counter[str] = Counter()
    for (_, code), n in counts.cells.items():
        whole[code] += n
    return whole


def _ranked(group: str, found: Mapping[str, int], codes: Sequence[Label], base: int) -> list[Row]:
    """The most frequent first; equals share a rank and stand in the order of the list."""
    told = [(found.get(code, 0), code, label) for code, label in codes if found.get(code, 0)]
    told.sort(key=lambda one: -one[0])
    return [
        Row(group, code, label, n, base, 1 + sum(other > n for other, _, _ in told))
        for n, code, label in told
    ]


def _in_order(group: str, found: Mapping[str, int], codes: Sequence[Label], base: int) -> list[Row]:
    """In the order of the list, without ranks."""
    return [Row(group, code, label, n, base) for code, label in codes if (n := found.get(code, 0))]
