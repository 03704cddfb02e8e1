"""Cells that are hidden stay hidden: nobody computes them from what is shown."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given, settings, strategies as st

from yanapay.analytics.rules.crosstab import OPEN, Counts, Crosstab, cross
from yanapay.analytics.rules.suppression import SMALL, WHOLE, Cell, hidden, protect


def margins(cells: Mapping[Cell, int], base: Mapping[str, int]) -> dict[Cell, int]:
    totals = {
        (WHOLE, code): sum(n for (_, c), n in cells.items() if c == code) for _, code in cells
    }
    bases = {(group, OPEN): n for group, n in base.items()}
    return {**cells, **totals, **bases, (WHOLE, OPEN): sum(base.values())}


@st.composite
def single(draw: st.DrawFn) -> dict[Cell, int]:
    """A table of a single answer: rows and columns add up."""
    groups, codes = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = {
        (f"g{g}", f"c{c}"): draw(st.integers(0, 30)) for g in range(groups) for c in range(codes)
    }
    base = {f"g{g}": sum(n for (h, _), n in cells.items() if h == f"g{g}") for g in range(groups)}
    return margins(cells, base)


def equations(
    values: Mapping[Cell, int], gone: frozenset[Cell], *, columns: bool
) -> list[list[Fraction]]:
    """What a reader knows: every line adds up. A matrix over the hidden cells, the known part at the end."""
    unknown = sorted(gone)
    lines: dict[tuple[str, str], list[tuple[Cell, int]]] = {}
    for group, code in values:
        lines.setdefault(("row", code), []).append(((group, code), -1 if group == WHOLE else 1))
        if columns:
            lines.setdefault(("column", group), []).append(
                ((group, code), -1 if code == OPEN else 1)
            )
    matrix = []
    for line in lines.values():
        signs = dict(line)
        known = sum(sign * values[cell] for cell, sign in line if cell not in gone)
        matrix.append([Fraction(signs.get(cell, 0)) for cell in unknown] + [Fraction(-known)])
    return matrix


def determined(matrix: list[list[Fraction]], width: int) -> list[int]:
    """Unknowns that a Gaussian elimination pins down, by their place."""
    row = 0
    for column in range(width):
        pivot = next((r for r in range(row, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[row], matrix[pivot] = matrix[pivot], matrix[row]
        lead = matrix[row][column]
        matrix[row] = [value / lead for value in matrix[row]]
        for other in range(len(matrix)):
            if other != row and (factor := matrix[other][column]):
                matrix[other] = [
                    a - factor * b for a, b in zip(matrix[other], matrix[row], strict=True)
                ]
        row += 1
    return [line.index(1) for line in matrix if sum(map(bool, line[:width])) == 1]


@given(single())
@settings(max_examples=200)
def test_no_subtraction_brings_a_hidden_cell_back(values: dict[Cell, int]) -> None:
    gone = hidden(values, are_parts=True, is_single=True)
    assert {cell for cell, n in values.items() if 0 < n < SMALL} <= gone
    assert determined(equations(values, gone, columns=True), len(gone)) == []


@given(single())
@settings(max_examples=200)
def test_neither_where_an_answer_has_several_codes(values: dict[Cell, int]) -> None:
    """Then columns add up to nothing, and rows still do."""
    gone = hidden(values, are_parts=True, is_single=False)
    assert determined(equations(values, gone, columns=False), len(gone)) == []


@given(single())
@settings(max_examples=100)
def test_what_is_hidden_in_a_line_adds_up_to_more_than_a_small_cell(
    values: dict[Cell, int],
) -> None:
    """1 and 1 hidden out of 2 would be known to be 1 and 1."""
    gone = hidden(values, are_parts=True, is_single=False)
    for code in {code for _, code in values}:
        lost = sum(n for (g, c), n in values.items() if c == code and g != WHOLE and (g, c) in gone)
        others = [
            n for (g, c), n in values.items() if c == code and g != WHOLE and (g, c) not in gone
        ]
        assert lost == 0 or lost >= SMALL or (WHOLE, code) in gone or not any(others)


def shown(table: Crosstab) -> dict[Cell, int | None]:
    return {(row.group, row.code): row.n for row in table.rows}


def counts(told: Mapping[Cell, int]) -> Counts:
    made = Counts()
    for (group, code), n in told.items():
        made.add([group], [code] if code else [], n)
    return made


def test_a_small_cell_takes_others_with_it() -> None:
    told = {("sur", "si"): 3, ("sur", "no"): 10, ("norte", "si"): 8, ("norte", "no"): 20}
    table = cross(counts(told), [], [("si", "Sí"), ("no", "No")], is_single=True)
    safe = protect(table)
    assert shown(safe) == dict.fromkeys(told)
    assert (safe.base, [row.n for row in safe.totals]) == (41, [30, 11])


def test_a_group_under_five_shows_neither_base_nor_shares() -> None:
    told = {("sur", "si"): 2, ("norte", "si"): 8, ("centro", "si"): 9}
    safe = protect(cross(counts(told), [], [], is_single=True))
    bases = {group.code: group.base for group in safe.groups}
    assert bases["sur"] is None
    assert list(bases.values()).count(None) == 2
    assert all(row.share is None for row in safe.rows if row.group == "sur")


def test_a_table_of_large_cells_is_shown_whole() -> None:
    told = {("sur", "si"): 7, ("norte", "si"): 8}
    table = cross(counts(told), [], [], is_single=True)
    assert protect(table) == table
