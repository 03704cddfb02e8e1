"""Small cells hidden, and enough others with them that no subtraction brings them back. Pure.

A published table is a set of lines: along a row the groups add up to the total of a code, along a column the
codes of a single answer add up to the base. Draw every line as a node and every hidden cell as an edge between
the two lines it stands in: a hidden cell can be computed exactly if its edge is a bridge, that is, lies on no
cycle. So cells are hidden until there is no bridge, and until what is hidden in a line adds up to more than one
small cell would.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import networkx

from yanapay.analytics.rules.crosstab import OPEN, Crosstab, Group, Row

SMALL = 5
Cell = tuple[str, str]
"""(group, code). The total of a code stands under ``WHOLE``, the base of a group under the code ``OPEN``."""
WHOLE = "\0whole"
Line = tuple[str, str]
NOWHERE: Line = ("", "")
"""What adds up to nothing shown; all such lines are one node, which closes no cycle that is not there."""


def protect(table: Crosstab) -> Crosstab:
    """The table as it may be shown of people or enterprises that are not public themselves."""
    return _without(
        table, hidden(_values(table), are_parts=table.are_parts, is_single=table.is_single)
    )


def hidden(values: Mapping[Cell, int], *, are_parts: bool, is_single: bool) -> frozenset[Cell]:
    """Which cells to hide: those from 1 to 4, and what protects them. A zero counts nobody and is shown."""
    lines = {cell: _lines(cell, are_parts=are_parts, is_single=is_single) for cell in values}
    gone = {cell for cell, n in values.items() if 0 < n < SMALL}
    while (more := _exposed(values, lines, gone)) is not None:
        gone.add(more)
    return frozenset(gone)


def _lines(cell: Cell, *, are_parts: bool, is_single: bool) -> tuple[Line, Line]:
    group, code = cell
    row, column = ("row", code), ("column", group)
    return row if are_parts else NOWHERE, column if is_single else NOWHERE


def _exposed(
    values: Mapping[Cell, int], lines: Mapping[Cell, tuple[Line, Line]], gone: set[Cell]
) -> Cell | None:
    """The next cell to hide, the smallest that helps; None when all hidden ones are safe."""
    members, graph = _members(lines), _graph(lines, gone)
    unsafe = {*_bridged(graph), *_too_few(values, members, gone)}
    candidates = {
        cell for line in unsafe for cell in members[line] if cell not in gone and values[cell]
    }
    return min(
        candidates,
        key=lambda cell: (_opens(graph, lines[cell]), _is_margin(cell), values[cell], cell),
        default=None,
    )


def _graph(
    lines: Mapping[Cell, tuple[Line, Line]], gone: Iterable[Cell]
) -> "networkx.MultiGraph[Line]":
    graph: networkx.MultiGraph[Line] = networkx.MultiGraph()
    graph.add_edges_from(lines[cell] for cell in gone if lines[cell] != (NOWHERE, NOWHERE))
    return graph


def _opens(graph: "networkx.MultiGraph[Line]", ends: tuple[Line, Line]) -> bool:
    """Whether hiding a cell between these lines closes no cycle yet."""
    one, other = ends
    return not (one in graph and other in graph and networkx.has_path(graph, one, other))


def _members(lines: Mapping[Cell, tuple[Line, Line]]) -> dict[Line, list[Cell]]:
    members: dict[Line, list[Cell]] = defaultdict(list)
    for cell, ends in lines.items():
        for line in set(ends) - {NOWHERE}:
            members[line].append(cell)
    return members


def _bridged(graph: "networkx.MultiGraph[Line]") -> Iterator[Line]:
    """Lines at the end of a bridge: there a hidden cell can be computed."""
    for ends in networkx.bridges(graph):
        yield from set(ends) - {NOWHERE}


def _too_few(
    values: Mapping[Cell, int], members: Mapping[Line, list[Cell]], gone: set[Cell]
) -> Iterator[Line]:
    """Lines whose total is shown and whose hidden cells add up to a small one: 1 and 1 out of 2."""
    for line, cells in members.items():
        inside = [cell for cell in cells if not _ends(cell, line)]
        lost = sum(values[cell] for cell in inside if cell in gone)
        if 0 < lost < SMALL and not any(_ends(cell, line) for cell in cells if cell in gone):
            yield line


def _ends(cell: Cell, line: Line) -> bool:
    """Whether the cell is the total of the line."""
    return cell[0] == WHOLE if line[0] == "row" else cell[1] == OPEN


def _is_margin(cell: Cell) -> bool:
    return cell[0] == WHOLE or cell[1] == OPEN


def _values(table: Crosstab) -> dict[Cell, int]:
    rows = {(row.group, row.code): row.n or 0 for row in table.rows}
    totals = {(WHOLE, row.code): row.n or 0 for row in table.totals}
    bases = {(group.code, OPEN): group.base or 0 for group in table.groups}
    return rows | totals | bases | {(WHOLE, OPEN): table.base or 0}


def _without(table: Crosstab, gone: frozenset[Cell]) -> Crosstab:
    base_gone = (WHOLE, OPEN) in gone
    return replace(
        table,
        base=None if base_gone else table.base,
        missing=None if base_gone else not_small(table.missing),
        groups=tuple(_column(group, gone) for group in table.groups),
        rows=_rows(table, table.rows, gone, ""),
        totals=_rows(table, table.totals, gone, WHOLE),
    )


def has_hidden(table: Crosstab) -> bool:
    """Whether anything of a protected table does not show."""
    numbers = [row.n for row in (*table.rows, *table.totals)] + [
        group.base for group in table.groups
    ]
    return table.base is None or None in numbers


def not_small(n: int | None) -> int | None:
    return n if n is None or not 0 < n < SMALL else None


def in_rank(rows: Iterable[Row]) -> list[Row]:
    """The rows of one group, the largest first; hidden ones have no rank and stand last, by their code."""
    told = sorted((row for row in rows if row.n is not None), key=lambda row: -(row.n or 0))
    blank = sorted((row for row in rows if row.n is None), key=lambda row: row.code)
    numbers = [row.n or 0 for row in told]
    ranked = [
        replace(row, rank=1 + sum(other > n for other in numbers))
        for row, n in zip(told, numbers, strict=True)
    ]
    return [*ranked, *(replace(row, rank=None) for row in blank)]


def _column(group: Group, gone: frozenset[Cell]) -> Group:
    if (group.code, OPEN) in gone:
        return replace(group, base=None, missing=None)
    return replace(group, missing=not_small(group.missing))


def _rows(
    table: Crosstab, rows: Sequence[Row], gone: frozenset[Cell], group: str
) -> tuple[Row, ...]:
    """Hidden rows lose their number, their rank and their place, unless the place tells nothing."""
    told = [
        replace(
            row, n=None if (group or row.group, row.code) in gone else row.n,
            base=None if (group or row.group, OPEN) in gone else row.base,
        )
        for row in rows
    ]  # fmt: skip
    if table.is_ordered:
        return tuple(told)
    groups = dict.fromkeys(row.group for row in rows)
    return tuple(
        row for name in groups for row in in_rank([one for one in told if one.group == name])
    )
