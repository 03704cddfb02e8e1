"""Rows that an event of the audit trail vouches for: whoever proves the trail proves them too.

A domain that seals rows of its own by an event registers a :data:`Proof` in its ``AppConfig.ready``: the trail
lies below it and knows no rows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

Link = tuple[int, int]  # chain, number in the chain
Proof = Callable[[Collection[int]], Iterable[Link]]

_proofs: dict[str, Proof] = {}


def register(kind: str, proof: Proof) -> None:
    """Add a proof; a second registration of the same kind replaces the first."""
    _proofs[kind] = proof


def broken_links(chains: Collection[int]) -> Iterator[Link]:
    """The events of these chains whose rows were altered or removed since."""
    for proof in _proofs.values():
        yield from proof(chains)
