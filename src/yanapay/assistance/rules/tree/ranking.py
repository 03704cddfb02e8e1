"""Which addressable cause to start with, and the sentence that explains it. Pure."""

from dataclasses import dataclass

from yanapay.assistance.rules.tree.graph import CAUSE, CENTRAL, Node, Tree
from yanapay.kernel.messages import Message


@dataclass(frozen=True)
class Ranked:
    """An addressable cause with its place (1 is first) and what speaks for it.

    ``ways`` counts the paths to the central problem, ``load`` adds up the weights along all of them,
    ``reach`` counts the problems it helps to bring about. ``is_root``: nothing lies below it.
    """

    place: int
    node: Node
    score: int
    ways: int
    load: int
    reach: int
    is_root: bool

    @property
    def has_evidence(self) -> bool:
        return bool(self.node.evidence.strip())

    @property
    def reason(self) -> Message:
        """Why it stands where it stands."""
        full = self.load + self.reach
        if self.has_evidence:
            return Message(
                "Weight {load} on its way to the central problem (ways: {ways}) and {reach} problems that it "
                "helps to bring about make {score}; there is evidence.",
                load=self.load, ways=self.ways, reach=self.reach, score=self.score,
            )  # fmt: skip
        return Message(
            "Weight {load} on its way to the central problem (ways: {ways}) and {reach} problems that it "
            "helps to bring about make {full}; without evidence only half counts: {score}.",
            load=self.load, ways=self.ways, reach=self.reach, full=full, score=self.score,
        )  # fmt: skip


def rank(tree: Tree) -> list[Ranked]:
    """The addressable causes, the strongest first. A cause always outranks what it alone leads to,
    unless its evidence is missing: what is only supposed counts half."""
    memory: dict[int, tuple[int, int]] = {}
    marked = [n for n in tree.by_key.values() if n.role == CAUSE and n.is_addressable]
    weighed = [_weighed(tree, node, memory) for node in marked]
    weighed.sort(key=lambda one: -one.score)
    return [Ranked(place, *_values(one)) for place, one in enumerate(weighed, 1)]


def _weighed(tree: Tree, node: Node, memory: dict[int, tuple[int, int]]) -> Ranked:
    ways, load = _along(tree, node.key, memory)
    reach = len(tree.reached(node.key))
    full = load + reach
    score = full if node.evidence.strip() else full // 2
    return Ranked(0, node, score, ways, load, reach, not tree.causes_of(node.key))


def _along(tree: Tree, key: int, memory: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many ways lead from a cause to the central problem, and the weights along all of them."""
    node = tree.by_key[key]
    if node.role == CENTRAL:
        return 1, 0
    if key not in memory:
        further = [_along(tree, effect, memory) for effect in tree.effects_of(key)]
        ways = sum(count for count, _ in further)
        memory[key] = ways, ways * node.weight + sum(load for _, load in further)
    return memory[key]


def _values(one: Ranked) -> tuple[Node, int, int, int, int, bool]:
    return one.node, one.score, one.ways, one.load, one.reach, one.is_root
