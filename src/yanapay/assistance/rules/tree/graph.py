"""Problems and what brings about what: one central problem, its causes below, its effects above. Pure.

An edge goes from cause to effect, along cause → … → central → … → effect. There are no loops, and every
problem leads to the central one or follows from it.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from yanapay.kernel.errors import RuleBroken

CENTRAL, CAUSE, EFFECT = "central", "cause", "effect"
STEPS = {(CAUSE, CAUSE), (CAUSE, CENTRAL), (CENTRAL, EFFECT), (EFFECT, EFFECT)}
Edge = tuple[int, int]


@dataclass(frozen=True)
class Node:
    """One problem. ``weight`` is 1 to 5; ``position`` orders those that hang on the same one."""

    key: int
    role: str
    text: str
    objective: str = ""
    evidence: str = ""
    is_addressable: bool = False
    weight: int = 3
    position: int = 0


@dataclass(frozen=True)
class Tree:
    """Nodes and edges (cause, effect). Every change returns another tree or raises RuleBroken."""

    nodes: tuple[Node, ...] = ()
    edges: frozenset[Edge] = field(default_factory=frozenset)

    @cached_property
    def by_key(self) -> dict[int, Node]:
        """In the order of siblings."""
        ordered = sorted(self.nodes, key=lambda node: (node.position, node.key))
        return {node.key: node for node in ordered}

    @cached_property
    def _causes(self) -> dict[int, list[int]]:
        return {
            key: [one for one in self.by_key if (one, key) in self.edges] for key in self.by_key
        }

    @cached_property
    def _effects(self) -> dict[int, list[int]]:
        return {
            key: [one for one in self.by_key if (key, one) in self.edges] for key in self.by_key
        }

    @property
    def central(self) -> Node | None:
        return next((node for node in self.nodes if node.role == CENTRAL), None)

    def causes_of(self, key: int) -> list[int]:
        return self._causes[key]

    def effects_of(self, key: int) -> list[int]:
        return self._effects[key]

    def anchors_of(self, key: int) -> list[int]:
        """What a problem hangs on: one step nearer to the central one."""
        towards = {CAUSE: self.effects_of, EFFECT: self.causes_of}.get(self.by_key[key].role)
        return towards(key) if towards else []

    def hanging_on(self, key: int, side: str = "") -> list[int]:
        """What hangs on a problem, one step further out; of the central one choose a side."""
        role = side or self.by_key[key].role
        return self.causes_of(key) if role in (CAUSE, CENTRAL) else self.effects_of(key)

    def path(self, start: int, end: int) -> list[int]:
        """The shortest way along the edges, both ends included; empty when there is none."""
        before: dict[int, int | None] = {start: None}
        queue = deque([start])
        while queue and end not in before:
            here = queue.popleft()
            for there in self.effects_of(here):
                if there not in before:
                    before[there] = here
                    queue.append(there)
        return _traced(before, end)

    def reached(self, key: int) -> set[int]:
        """Every problem that this one helps to bring about."""
        found: set[int] = set()
        queue = [key]
        while queue:
            for there in self.effects_of(queue.pop()):
                if there not in found:
                    found.add(there)
                    queue.append(there)
        return found

    def added(self, node: Node, under: int | None = None) -> "Tree":
        """With one more problem, hanging on ``under`` (None: it is the central one)."""
        if under is None:
            if node.role != CENTRAL or self.central:
                raise RuleBroken("A tree has one central problem.")
            return replace(self, nodes=(*self.nodes, node))
        grown = replace(self, nodes=(*self.nodes, node))
        return grown.linked(*_edge(node, self.by_key[under]))

    def linked(self, cause: int, effect: int) -> "Tree":
        """With one more edge; refused when it goes astray or closes a loop, which is then named."""
        known = self.by_key
        if (known[cause].role, known[effect].role) not in STEPS or cause == effect:
            raise RuleBroken(
                "A cause leads to another cause or to the central problem; the central problem to an "
                "effect; an effect to another effect."
            )
        if loop := self.path(effect, cause):
            around = " → ".join(f"«{known[key].text}»" for key in [*loop, effect])
            raise RuleBroken("This would go round in a circle: {loop}.", loop=around)
        return replace(self, edges=self.edges | {(cause, effect)})

    def unlinked(self, cause: int, effect: int) -> "Tree":
        """Without an edge; refused when a problem would hang on nothing any more."""
        cut = replace(self, edges=self.edges - {(cause, effect)})
        for key in (cause, effect):
            if self.by_key[key].role != CENTRAL and not cut.anchors_of(key):
                raise RuleBroken(
                    "«{text}» would hang on nothing. Link it to another problem first, or remove it.",
                    text=self.by_key[key].text,
                )
        return cut

    def without(self, key: int, *, branch: bool = False) -> "Tree":
        """Without a problem: what hangs on it moves to what it hung on, or goes too (``branch``)."""
        node = self.by_key[key]
        if node.role == CENTRAL and len(self.nodes) > 1:
            raise RuleBroken(
                "The central problem holds the tree together. Change its text instead."
            )
        gone = self.only_through(key) if branch else {key}
        bridges = set() if branch or node.role == CENTRAL else self._bridges(key)
        kept = tuple(one for one in self.nodes if one.key not in gone)
        edges = {edge for edge in self.edges if not gone.intersection(edge)}
        return Tree(kept, frozenset(edges | bridges))

    def only_through(self, key: int) -> set[int]:
        """A problem and all that hangs on nothing but it."""
        gone = {key}
        while True:
            more = {
                one for one in self.by_key
                if one not in gone and (on := self.anchors_of(one)) and gone.issuperset(on)
            }  # fmt: skip
            if not more:
                return gone
            gone |= more

    def _bridges(self, key: int) -> set[Edge]:
        return {(cause, effect) for cause in self.causes_of(key) for effect in self.effects_of(key)}

    def siblings_of(self, key: int) -> list[int]:
        """Those that hang on the same problem (the first, if several), itself included."""
        anchors = self.anchors_of(key)
        return self.hanging_on(anchors[0], self.by_key[key].role) if anchors else [key]

    def moved(self, key: int, steps: int) -> "Tree":
        """Among its siblings a problem goes earlier (-1) or later (+1); at the end it stays."""
        siblings = self.siblings_of(key)
        place = siblings.index(key) + steps
        if not 0 <= place < len(siblings):
            return self
        order = list(self.by_key)
        mine, theirs = order.index(key), order.index(siblings[place])
        order[mine], order[theirs] = order[theirs], order[mine]
        places = {one: number for number, one in enumerate(order)}
        return replace(
            self, nodes=tuple(replace(node, position=places[node.key]) for node in self.nodes)
        )

    def changed(self, node: Node) -> "Tree":
        """With one problem as given; its role stays."""
        kept = replace(node, role=self.by_key[node.key].role)
        return replace(
            self, nodes=tuple(kept if one.key == node.key else one for one in self.nodes)
        )

    def may_hang_on(self, key: int) -> list[int]:
        """Where else a problem could hang without going astray or closing a loop."""
        node = self.by_key[key]
        return [
            other for other, there in self.by_key.items()
            if other != key and (edge := _edge(node, there)) not in self.edges
            and (self.by_key[edge[0]].role, self.by_key[edge[1]].role) in STEPS
            and not self.path(edge[1], edge[0])
        ]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A line of the outline: a problem, how deep it stands, under which; ``is_repeat``: told before."""

    key: int
    depth: int
    under: int
    is_repeat: bool


def outwards(tree: Tree, side: str) -> Iterator[Told]:
    """The problems of a side (cause or effect) as an outline reads them, with their depth from 1.

    A problem that hangs on several is told under each; what hangs on it, only the first time.
    """
    centre = tree.central
    stack = [(centre.key, 0, centre.key)] if centre else []
    seen: set[int] = set()
    while stack:
        key, depth, under = stack.pop()
        if depth:
            yield Told(key, depth, under, key in seen)
        if key not in seen:
            seen.add(key)
            stack += [
                (one, depth + 1, key)
                for one in reversed(tree.hanging_on(key, "" if depth else side))
            ]


def _edge(node: Node, anchor: Node) -> Edge:
    """Which way the edge goes when ``node`` hangs on ``anchor``."""
    return (anchor.key, node.key) if node.role == EFFECT else (node.key, anchor.key)


def _traced(before: dict[int, int | None], end: int) -> list[int]:
    steps: list[int] = []
    here: int | None = end if end in before else None
    while here is not None:
        steps.append(here)
        here = before[here]
    return steps[::-1]
