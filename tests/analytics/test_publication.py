"""Tables of the same answers for the public: whoever holds them side by side learns no small number."""

from collections import Counter
from fractions import Fraction

from hypothesis import given, settings, strategies as st
from tests.analytics.test_suppression import determined

from yanapay.analytics.rules.crosstab import OPEN, Counts, Crosstab, cross
from yanapay.analytics.rules.publication import all_together, joined
from yanapay.analytics.rules.suppression import SMALL, protect

Unknown = tuple[str, str]
"""(department, code): a number that the reader would like to know; the base under the code ``OPEN``."""
SCHEMES = {
    "one": {"d0": "north", "d1": "north", "d2": "south", "d3": "south", OPEN: OPEN},
    "other": {"d0": "coast", "d1": "hills", "d2": "hills", "d3": "hills", OPEN: OPEN},
}
Told = dict[Unknown, int]


@st.composite
def answers(draw: st.DrawFn) -> Told:
    """How many gave each code in each department, and how many there gave none."""
    places = [f"d{n}" for n in range(draw(st.integers(1, 4)))] + draw(st.sampled_from([[], [OPEN]]))
    codes = [f"c{n}" for n in range(draw(st.integers(1, 3)))]
    number = st.one_of(st.integers(0, 6), st.integers(0, 40))
    return {(place, code): draw(number) for place in places for code in [*codes, OPEN]}


def counted(told: Told) -> Counts:
    counts = Counts()
    for (place, code), n in told.items():
        counts.add([place] if place else [], [code] if code else [], n)
    return counts


def published(told: Told) -> dict[str, Crosstab]:
    """All tables of one question that the public may ask for."""
    finest = protect(cross(counted(told), [], [], is_single=True))
    schemes = {
        name: joined(finest, scheme.__getitem__, [(code, code) for code in dict.fromkeys(scheme.values())])
        for name, scheme in SCHEMES.items()
    }  # fmt: skip
    return {"department": finest, "none": all_together(finest), **schemes}


def known(told: Told) -> tuple[list[list[Fraction]], list[Unknown]]:
    """Every number that is shown anywhere as an equation over the numbers of the departments."""
    places = list(dict.fromkeys(place for place, _ in told))
    unknown = [key for key in told if key[1] != OPEN] + [(place, OPEN) for place in places]
    matrix = [
        _equation(unknown, [key for key in unknown if key[0] == place], 0, {(place, OPEN): -1})
        for place in places
    ]
    for name, table in published(told).items():
        scheme = SCHEMES.get(name, {place: place for place in places})
        whole = name == "none"
        for row in table.rows:
            inside = [p for p in places if whole or scheme[p] == row.group]
            matrix += _shown(unknown, [(p, row.code) for p in inside], row.n)
        for group in table.groups:
            inside = [p for p in places if whole or scheme[p] == group.code]
            matrix += _shown(unknown, [(p, OPEN) for p in inside], group.base)
        for row in table.totals:
            matrix += _shown(unknown, [(p, row.code) for p in places], row.n)
        matrix += _shown(unknown, [(p, OPEN) for p in places], table.base)
    return matrix, unknown


def _shown(unknown: list[Unknown], summed: list[Unknown], n: int | None) -> list[list[Fraction]]:
    return [] if n is None else [_equation(unknown, summed, n, {})]


def _equation(
    unknown: list[Unknown], summed: list[Unknown], n: int, signs: dict[Unknown, int]
) -> list[Fraction]:
    return [Fraction(signs.get(key, 1) if key in summed else 0) for key in unknown] + [Fraction(n)]


@given(answers())
@settings(max_examples=200)
def test_no_two_tables_can_be_subtracted_to_a_small_cell(told: Told) -> None:
    matrix, unknown = known(told)
    bases: Counter[str] = Counter()
    for (place, code), n in told.items():
        bases[place] += n if code else 0
    values = {key: bases[key[0]] if key[1] == OPEN else told[key] for key in unknown}
    found = {unknown[at]: values[unknown[at]] for at in determined(matrix, len(unknown))}
    assert {key: n for key, n in found.items() if 0 < n < SMALL} == {}


@given(answers())
@settings(max_examples=100)
def test_no_small_number_is_shown(told: Told) -> None:
    for table in published(told).values():
        shown = [row.n for row in (*table.rows, *table.totals)]
        shown += [n for group in table.groups for n in (group.base, group.missing)]
        assert not {n for n in [*shown, table.base, table.missing] if n and n < SMALL}


def test_each_by_itself_would_give_a_cell_away() -> None:
    """What the rule is for: departments with two cells hidden, and macro-regions that hold one of them each."""
    told = {("d0", "c0"): 3, ("d1", "c0"): 9, ("d2", "c0"): 7, ("d3", "c0"): 8}
    finest = protect(cross(counted(told), [], [], is_single=True))
    assert [row.group for row in finest.rows if row.n is None] == ["d0", "d2"]
    regions = joined(finest, SCHEMES["one"].__getitem__, [("north", "North"), ("south", "South")])
    assert [(row.group, row.n) for row in regions.rows] == [("north", None), ("south", None)]
    assert [(row.n, row.base) for row in regions.totals] == [(27, 27)]


def test_larger_groups_add_up_what_is_shown_and_rank_it() -> None:
    told = {("d0", "c0"): 5, ("d0", "c1"): 9, ("d1", "c0"): 15, ("d2", "c0"): 8, ("d2", OPEN): 6}
    regions = published(told)["one"]
    assert [(row.group, row.code, row.n, row.rank) for row in regions.rows] == [
        ("north", "c0", 20, 1), ("north", "c1", 9, 2), ("south", "c0", 8, 1),
    ]  # fmt: skip
    assert [(group.label, group.base, group.missing) for group in regions.groups] == [
        ("north", 29, 0), ("south", 8, 6),
    ]  # fmt: skip
