"""Organisations and their networks as a graph: who is central, what networks share, where to draw them. Pure.

Positions are dealt from a fixed seed, so the same members give the same picture.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx

SEED = 2018
EXACT = 1_000  # above this many organisations betweenness is estimated from a sample of them
SAMPLE = 200
DRAWN = 120  # above this many only networks are drawn, joined where they share members
SPACING = 150.0
WIDTH = 960.0


@dataclass(frozen=True)
class Node:
    """An organisation of the graph. ``members`` is 0 for one that is no network."""

    key: str
    name: str
    short: str
    members: int
    links: int
    betweenness: float


@dataclass(frozen=True)
class Overlap:
    """Two networks and how many members they share."""

    one: str
    other: str
    n: int


@dataclass(frozen=True)
class Place:
    node: Node
    x: float
    y: float
    is_network: bool


@dataclass(frozen=True)
class Drawing:
    """Where everything lies in a box of ``width`` by ``height``; lines join the ends of places."""

    places: tuple[Place, ...]
    lines: tuple[tuple[Place, Place], ...]
    width: float
    height: float
    only_networks: bool = False


@dataclass(frozen=True)
class Network:
    """The nodes, the most central first; ``edges`` lead from member to network."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    overlaps: tuple[Overlap, ...]
    is_estimated: bool = False

    @property
    def networks(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.members)


def network(names: Mapping[str, tuple[str, str]], edges: Iterable[tuple[str, str]]) -> Network:
    """The graph of ``edges`` (member, network); ``names`` gives name and short name by key."""
    pairs = tuple(sorted(set(edges)))
    graph = networkx.Graph(pairs)
    members: dict[str, set[str]] = {}
    for member, of in pairs:
        members.setdefault(of, set()).add(member)
    many = len(graph) > EXACT
    between = networkx.betweenness_centrality(graph, k=SAMPLE if many else None, seed=SEED)
    nodes = [
        Node(key, *names[key], len(members.get(key, ())), graph.degree[key], round(between[key], 4))
        for key in graph
    ]
    nodes.sort(key=lambda node: (-node.links, -node.betweenness, node.name))
    return Network(tuple(nodes), pairs, tuple(_overlaps(members)), many)


def _overlaps(members: Mapping[str, set[str]]) -> Iterable[Overlap]:
    """Pairs of networks with members in common, the largest overlap first."""
    shared = [
        Overlap(one, other, n)
        for one, other in combinations(sorted(members), 2)
        if (n := len(members[one] & members[other]))
    ]
    return sorted(shared, key=lambda overlap: (-overlap.n, overlap.one, overlap.other))


def drawing(found: Network) -> Drawing:
    """The picture: each group of connected organisations by itself, the largest first, in rows."""
    known = {node.key: node for node in found.nodes}
    edges, only_networks = found.edges, len(found.nodes) > DRAWN
    graph = networkx.Graph(edges)
    if only_networks:
        edges = tuple((overlap.one, overlap.other) for overlap in found.overlaps)
        graph = networkx.Graph(edges)
        graph.add_nodes_from(node.key for node in found.networks[:DRAWN])
    spots, height = _packed(graph)
    places = {
        key: Place(known[key], round(x, 1), round(y, 1), bool(known[key].members))
        for key, (x, y) in spots.items()
    }
    lines = tuple((places[a], places[b]) for a, b in edges if a in places and b in places)
    return Drawing(tuple(places.values()), lines, WIDTH, round(height, 1), only_networks)


def _packed(graph: "networkx.Graph[str]") -> tuple[dict[str, tuple[float, float]], float]:
    """Every component in a square of its own, squares side by side until the row is full."""
    spots: dict[str, tuple[float, float]] = {}
    left = top = row = 0.0
    for keys in sorted(
        map(sorted, networkx.connected_components(graph)), key=lambda k: (-len(k), k)
    ):
        width, height = _room(len(keys))
        if left and left + width > WIDTH:
            left, top, row = 0.0, top + row, 0.0
        for key, (x, y) in _laid_out(graph.subgraph(keys), keys).items():
            spots[key] = (left + width * x, top + height * y)
        left, row = left + width, max(row, height)
    return spots, top + row


def _room(n: int) -> tuple[float, float]:
    if n == 2:
        return WIDTH / 2, SPACING * 0.8
    side = SPACING * math.ceil(math.sqrt(n) + 0.5)
    return min(WIDTH, max(WIDTH / 2, side * 1.35)), side * 0.8


def _laid_out(graph: "networkx.Graph[str]", keys: list[str]) -> dict[str, tuple[float, float]]:
    """Positions between 0.14 and 0.86, so that labels have room at the edge."""
    ordered: networkx.Graph[str] = networkx.Graph()
    ordered.add_nodes_from(keys)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.edges))
    if len(keys) <= 2:
        return {key: (0.25 + at / 2 if len(keys) == 2 else 0.5, 0.4) for at, key in enumerate(keys)}
    found = networkx.spring_layout(ordered, seed=SEED, iterations=300, k=2 / math.sqrt(len(keys)))
    return {
        key: (x, y)
        for key, x, y in _scaled({k: (float(p[0]), float(p[1])) for k, p in found.items()})
    }


def _scaled(spots: Mapping[str, tuple[float, float]]) -> Iterable[tuple[str, float, float]]:
    low = [min(spot[axis] for spot in spots.values()) for axis in (0, 1)]
    span = [max(spot[axis] for spot in spots.values()) - low[axis] or 1.0 for axis in (0, 1)]
    for key, spot in spots.items():
        x, y = (0.14 + 0.72 * (spot[axis] - low[axis]) / span[axis] for axis in (0, 1))
        yield key, x, y
