"""The problem tree as plain values: what hangs on what, how it is drawn, turned round and weighed. Pure."""

from yanapay.assistance.rules.tree.graph import CAUSE, CENTRAL, EFFECT, Edge, Node, Tree

__all__ = ["CAUSE", "CENTRAL", "EFFECT", "Edge", "Node", "Tree"]
