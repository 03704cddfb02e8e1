"""Where the boxes of a tree go: effects above, the central problem in the middle, causes below. Pure.

A layered drawing: each problem stands one layer further out than everything that it hangs on; edges that
cross layers get a place in each of them (a bend), so that they run between the boxes. Within a
layer the order of the outline is kept unless another one, by barycentre, crosses fewer edges. The places
across are those nearest to the neighbours that keep all distances. The same tree gives the same picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yanapay.assistance.rules.tree.graph import CAUSE, CENTRAL, EFFECT, Edge, Tree, outwards
from yanapay.assistance.rules.tree.wrapping import wrap

WIDTH, CENTRAL_WIDTH = 184.0, 264.0
TEXT, LEADING, BOLD = 13.0, 17.0, 1.15
INSIDE, MARK = 12.0, 20.0  # room around the text, and for the mark in the corner
BETWEEN, GAP, MARGIN, BEND = 18.0, 54.0, 10.0, 14.0
SWEEPS = 8
Spot = int | tuple[int, int, int]  # a problem, or a bend: cause, effect, layer


@dataclass(frozen=True)
class Box:
    """A problem's place: its upper left corner, size and the lines of its text."""

    key: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """An edge as the points it runs through, from the cause up to the effect."""

    cause: int
    effect: int
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Layout:
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def lay_out(tree: Tree, texts: Mapping[int, str]) -> Layout:
    """The drawing of a tree with these texts in its boxes."""
    if tree.central is None:
        return Layout(2 * MARGIN, 2 * MARGIN, (), ())
    layer_of = layers(tree)
    chains = {edge: _chain(edge, layer_of) for edge in sorted(tree.edges)}
    rows = _rows(tree, layer_of, chains)
    near = _neighbours(chains)
    rows = _uncrossed(rows, near)
    wraps = {key: _wrapped(tree, key, texts[key]) for key in layer_of}
    widths = {spot: _width(tree, spot) for row in rows.values() for spot in row}
    middles = _across(rows, near, widths)
    return _drawn(tree, rows, chains, middles, wraps)


def layers(tree: Tree) -> dict[int, int]:
    """0 for the central problem, -1, -2 … for causes, 1, 2 … for effects: the longest way counts."""
    found: dict[int, int] = {}

    def depth(key: int) -> int:
        if key not in found:
            found[key] = max((depth(one) + 1 for one in tree.anchors_of(key)), default=0)
        return found[key]

    return {
        key: depth(key) * (1 if node.role == EFFECT else -1) for key, node in tree.by_key.items()
    }


def _chain(edge: Edge, layer_of: Mapping[int, int]) -> list[Spot]:
    """The spots an edge runs through, from the cause up: one in each layer."""
    cause, effect = edge
    bends = [(cause, effect, layer) for layer in range(layer_of[cause] + 1, layer_of[effect])]
    return [cause, *bends, effect]


def _rows(
    tree: Tree, layer_of: Mapping[int, int], chains: Mapping[Edge, Sequence[Spot]]
) -> dict[int, list[Spot]]:
    """Each layer's spots in the order in which the outline comes to them."""
    order = [told.key for side in (CAUSE, EFFECT) for told in outwards(tree, side)]
    place = {key: number for number, key in reversed(list(enumerate(order, 1)))}
    rows: dict[int, list[tuple[int, Spot]]] = {}
    for key, layer in layer_of.items():
        rows.setdefault(layer, []).append((place.get(key, 0), key))
    for (cause, effect), chain in chains.items():
        outer = cause if layer_of[cause] < 0 else effect
        for bend, layer in zip(
            chain[1:-1], range(layer_of[cause] + 1, layer_of[effect]), strict=True
        ):
            rows.setdefault(layer, []).append((place.get(outer, 0), bend))
    return {
        layer: [spot for _, spot in sorted(found, key=lambda pair: pair[0])]
        for layer, found in rows.items()
    }


def _neighbours(chains: Mapping[Edge, Sequence[Spot]]) -> dict[tuple[Spot, int], list[Spot]]:
    """(spot, +1) → the spots it is joined to one layer up; (spot, -1) → one layer down."""
    near: dict[tuple[Spot, int], list[Spot]] = {}
    for chain in chains.values():
        for lower, upper in pairwise(chain):
            near.setdefault((lower, +1), []).append(upper)
            near.setdefault((upper, -1), []).append(lower)
    return near


def _uncrossed(
    rows: dict[int, list[Spot]], near: Mapping[tuple[Spot, int], list[Spot]]
) -> dict[int, list[Spot]]:
    """The order with the fewest crossings met while sweeping; at first sight, the outline's."""
    best, fewest = rows, _crossings(rows, near)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        rows = _swept(rows, near, +1 if sweep % 2 else -1)
        if (count := _crossings(rows, near)) < fewest:
            best, fewest = rows, count
    return best


def _swept(
    rows: dict[int, list[Spot]], near: Mapping[tuple[Spot, int], list[Spot]], towards: int
) -> dict[int, list[Spot]]:
    """Each layer sorted by the mean place of its neighbours in the layer before (``towards``)."""
    swept: dict[int, list[Spot]] = {}
    for layer in sorted(rows, reverse=towards > 0):
        before = {spot: number for number, spot in enumerate(swept.get(layer + towards, ()))}
        mean = {
            spot: _mean(
                [before[one] for one in near.get((spot, towards), ()) if one in before], number
            )
            for number, spot in enumerate(rows[layer])
        }
        swept[layer] = sorted(rows[layer], key=mean.__getitem__)
    return swept


def _crossings(
    rows: Mapping[int, Sequence[Spot]], near: Mapping[tuple[Spot, int], list[Spot]]
) -> int:
    """How many pairs of edges cross between neighbouring layers."""
    count = 0
    for layer, row in rows.items():
        above = {spot: number for number, spot in enumerate(rows.get(layer + 1, ()))}
        ends = [sorted(above[one] for one in near.get((spot, +1), ())) for spot in row]
        passed: list[int] = []
        for group in ends:
            count += sum(1 for end in group for other in passed if other > end)
            passed += group
    return count


def _across(
    rows: Mapping[int, Sequence[Spot]], near: Mapping[tuple[Spot, int], list[Spot]],
    widths: Mapping[Spot, float],
) -> dict[Spot, float]:  # fmt: skip
    """The middle of each spot: as near to the middle of its neighbours as the distances allow."""
    middles = {spot: 0.0 for row in rows.values() for spot in row}
    for sweep in range(2 * SWEEPS):
        outwards_now = sweep % 2 == 0
        for layer in sorted(rows, key=abs, reverse=not outwards_now):
            side = (1 if layer < 0 else -1) * (1 if outwards_now else -1)
            sides = (side,) if layer else (-1, +1)
            wanted = [
                _mean(
                    [middles[one] for s in sides for one in near.get((spot, s), ())], middles[spot]
                )
                for spot in rows[layer]
            ]
            middles.update(zip(rows[layer], _spread(rows[layer], wanted, widths), strict=True))
    return middles


def _spread(
    row: Sequence[Spot], wanted: Sequence[float], widths: Mapping[Spot, float]
) -> list[float]:
    """The places nearest to those wanted (least squares) that keep order and distances.

    Pool adjacent violators: take the distances off, merge neighbours that are out of order into their
    mean, put the distances back.
    """
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + (widths[left] + widths[right]) / 2 + BETWEEN)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [place + offset for place, offset in zip(flat, offsets, strict=True)]


def _drawn(
    tree: Tree, rows: Mapping[int, Sequence[Spot]], chains: Mapping[Edge, Sequence[Spot]],
    middles: Mapping[Spot, float], wraps: Mapping[int, tuple[str, ...]],
) -> Layout:  # fmt: skip
    widths = {spot: _width(tree, spot) for spot in middles}
    left = min(middles[spot] - widths[spot] / 2 for spot in middles) - MARGIN
    right = max(middles[spot] + widths[spot] / 2 for spot in middles) + MARGIN
    top, boxes, band = MARGIN, {}, {}
    for layer in sorted(rows, reverse=True):
        tall = max((_height(wraps[s]) for s in rows[layer] if isinstance(s, int)), default=0.0)
        band[layer] = (top, top + tall)
        for key in (spot for spot in rows[layer] if isinstance(spot, int)):
            height = _height(wraps[key])
            y = top if layer < 0 else top + tall - height if layer > 0 else top
            x = middles[key] - widths[key] / 2 - left
            boxes[key] = Box(key, round(x, 1), round(y, 1), widths[key], height, wraps[key])
        top += tall + GAP
    lines = [
        Line(*edge, _points(chain, boxes, band, middles, left)) for edge, chain in chains.items()
    ]
    return Layout(
        round(right - left, 1), round(top - GAP + MARGIN, 1), tuple(boxes.values()), tuple(lines)
    )


def _points(
    chain: Sequence[Spot], boxes: Mapping[int, Box], band: Mapping[int, tuple[float, float]],
    middles: Mapping[Spot, float], left: float,
) -> tuple[tuple[float, float], ...]:  # fmt: skip
    """From the top of the cause through the bends (in and out of each layer) to the foot of the effect."""
    points: list[tuple[float, float]] = []
    for spot in chain:
        x = round(middles[spot] - left, 1)
        if isinstance(spot, int):
            box = boxes[spot]
            points.append((x, box.y if not points else round(box.y + box.height, 1)))
        else:
            upper, lower = band[spot[2]]
            points += [(x, round(lower, 1)), (x, round(upper, 1))]
    return tuple(points)


def _wrapped(tree: Tree, key: int, text: str) -> tuple[str, ...]:
    """The central problem is written bold, which is wider."""
    node = tree.by_key[key]
    mark = MARK if node.is_addressable else 0
    size = TEXT * BOLD if node.role == CENTRAL else TEXT
    return wrap(text, size, _width(tree, key) - 2 * INSIDE - mark)


def _width(tree: Tree, spot: Spot) -> float:
    if not isinstance(spot, int):
        return BEND
    return WIDTH if tree.anchors_of(spot) else CENTRAL_WIDTH


def _height(lines: Sequence[str]) -> float:
    return len(lines) * LEADING + 2 * INSIDE


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
