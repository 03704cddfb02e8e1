"""The graph of networks for people: a picture with links and the same as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap

from yanapay.analytics.rules.network_graph import Drawing, Network, Node, Place, drawing

Address = Callable[[str], str]
LETTERS, LINES = 22, 2  # of a label in the picture; the whole name is its title
ROWS, PAIRS = 200, 50


@dataclass(frozen=True)
class Spot:
    """A circle with the lines of its label and the page that it leads to."""

    place: Place
    label: list[str]
    radius: float
    foot: float
    url: str


@dataclass(frozen=True)
class NetworkPage:
    """All that ``analytics/network.html`` shows."""

    drawing: Drawing
    spots: list[Spot]
    rows: list[tuple[Node, str]]
    overlaps: list[tuple[str, str, int]]


def network_page(found: Network, address: Address) -> NetworkPage:
    """The picture and the table; ``address`` gives the page of an organisation by its key."""
    drawn = drawing(found)
    names = {node.key: node.short for node in found.nodes}
    return NetworkPage(
        drawn, [_spot(place, address) for place in drawn.places],
        [(node, address(node.key)) for node in found.nodes[:ROWS]],
        [(names[each.one], names[each.other], each.n) for each in found.overlaps[:PAIRS]],
    )  # fmt: skip


def _spot(place: Place, address: Address) -> Spot:
    node = place.node
    label = wrap(node.short, LETTERS, max_lines=LINES, placeholder="…")
    radius = round(9 + 3 * node.members**0.5, 1) if place.is_network else 6
    return Spot(place, label, radius, round(place.y + radius + 14, 1), address(node.key))
