"""Growing and pruning a problem tree. Each command takes the version of the tree that its author saw.

What a problem says may name people: only keys and counts enter the audit trail.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from yanapay.assistance.models import Case, Diagnosis, TreeEdge, TreeNode
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.queries.diagnosis import tree_of
from yanapay.assistance.rules.tree import CAUSE, CENTRAL, EFFECT, Edge, Node, Tree
from yanapay.assistance.rules.tree.outline import LONGEST, MOST, Outline, read_outline
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.changes import require_version
from yanapay.kernel.errors import NotFound, RuleBroken

NODE = frozenset({"text", "objective", "evidence", "is_addressable", "weight"})
NEW = -1  # the key of a problem that has no row yet


@transaction.atomic
def add_node(
    *, by: Actor, case: Case, fields: Mapping[str, Any], under: int | None = None, side: str = CAUSE,
    version: int | None = None,
) -> TreeNode:  # fmt: skip
    """Hang a problem on another; with ``under`` None it becomes the central one.

    ``fields`` are names of :data:`NODE`; ``text`` is needed. ``side`` (cause or effect) matters only under
    the central problem: elsewhere a problem is of the side on which it hangs.
    """
    diagnosis, tree = _open(case, version)
    if len(tree.nodes) >= MOST:
        raise RuleBroken("A tree holds at most {most} problems.", most=MOST)
    role = CENTRAL if under is None else _role_under(tree, under, side)
    last = max((node.position for node in tree.nodes), default=-1)
    node = _filled(Node(NEW, role, "", position=last + 1), fields)
    keys = _store(diagnosis, tree, tree.added(node, under))
    _keep(by, case, diagnosis, "node_added", {"node": keys[NEW], "role": role})
    return TreeNode.objects.get(pk=keys[NEW])


@transaction.atomic
def change_node(
    *, by: Actor, case: Case, node: int, fields: Mapping[str, Any], version: int | None = None
) -> Diagnosis:
    """Change what a problem says, its evidence, weight, objective, or whether it can be addressed."""
    diagnosis, tree = _open(case, version)
    after = tree.changed(_filled(_known(tree, node), fields))
    if after != tree:
        _store(diagnosis, tree, after)
        _keep(by, case, diagnosis, "node_changed", {"node": node, "fields": sorted(fields)})
    return diagnosis


@transaction.atomic
def remove_node(
    *, by: Actor, case: Case, node: int, branch: bool = False, version: int | None = None
) -> Diagnosis:
    """Take a problem out. What hangs on it moves to what it hung on; with ``branch`` it goes too, unless it
    also hangs on something that stays."""
    diagnosis, tree = _open(case, version)
    _known(tree, node)
    after = tree.without(node, branch=branch)
    _store(diagnosis, tree, after)
    removed = len(tree.nodes) - len(after.nodes)
    _keep(by, case, diagnosis, "node_removed", {"node": node, "count": removed})
    return diagnosis


@transaction.atomic
def link(
    *, by: Actor, case: Case, cause: int, effect: int, version: int | None = None
) -> Diagnosis:
    """Say that one problem brings about another; a loop is refused by its name."""
    diagnosis, tree = _open(case, version)
    _known(tree, cause), _known(tree, effect)
    _store(diagnosis, tree, tree.linked(cause, effect))
    _keep(by, case, diagnosis, "node_linked", {"cause": cause, "effect": effect})
    return diagnosis


@transaction.atomic
def unlink(
    *, by: Actor, case: Case, cause: int, effect: int, version: int | None = None
) -> Diagnosis:
    """Take a link back; refused when a problem would then hang on nothing."""
    diagnosis, tree = _open(case, version)
    _known(tree, cause), _known(tree, effect)
    _store(diagnosis, tree, tree.unlinked(cause, effect))
    _keep(by, case, diagnosis, "node_unlinked", {"cause": cause, "effect": effect})
    return diagnosis


@transaction.atomic
def move_node(
    *, by: Actor, case: Case, node: int, steps: int, version: int | None = None
) -> Diagnosis:
    """Move a problem among its siblings: -1 earlier, +1 later; at the end nothing happens."""
    diagnosis, tree = _open(case, version)
    _known(tree, node)
    after = tree.moved(node, steps)
    if after != tree:
        _store(diagnosis, tree, after)
        _keep(by, case, diagnosis, "node_moved", {"node": node, "steps": steps})
    return diagnosis


@transaction.atomic
def save_tree(*, by: Actor, case: Case, outline: Outline, version: int | None = None) -> Diagnosis:
    """Write the whole tree at once as an outline. A problem whose text still stands keeps its evidence,
    weight and objective; what the outline no longer names is removed."""
    diagnosis, tree = _open(case, version)
    after = read_outline(outline, tree)
    _store(diagnosis, tree, after)
    _keep(by, case, diagnosis, "tree_saved", {"count": [len(tree.nodes), len(after.nodes)]})
    return diagnosis


def _open(case: Case, version: int | None) -> tuple[Diagnosis, Tree]:
    """The diagnosis, locked, and its tree as values; begun if there is none."""
    current = standing(case)
    diagnosis, _ = Diagnosis.objects.select_for_update().get_or_create(case=current)
    require_version(version, diagnosis.tree_version)
    return diagnosis, tree_of(diagnosis)


def _known(tree: Tree, key: int) -> Node:
    if key not in tree.by_key:
        raise NotFound("This problem is no longer in the tree.")
    return tree.by_key[key]


def _role_under(tree: Tree, under: int, side: str) -> str:
    role = _known(tree, under).role
    return (EFFECT if side == EFFECT else CAUSE) if role == CENTRAL else role


def _filled(node: Node, fields: Mapping[str, Any]) -> Node:
    """The node with its new values; a text in one line that is not too long, a weight of 1 to 5."""
    given = {name: fields[name] for name in NODE.intersection(fields)}
    for name in ("text", "objective"):
        if name in given:
            given[name] = " ".join(str(given[name]).split())
            if len(given[name]) > LONGEST:
                raise RuleBroken(
                    "Say it in at most {longest} letters.", field=name, longest=LONGEST
                )
    filled = replace(node, **given)
    if not filled.text:
        raise RuleBroken("Write the problem.", field="text")
    if not 1 <= filled.weight <= 5:
        raise RuleBroken("The weight lies between 1 and 5.", field="weight")
    return filled


def _store(diagnosis: Diagnosis, before: Tree, after: Tree) -> dict[int, int]:
    """Write what differs; gives new keys (below zero or unknown) their rows and returns them all."""
    keys = {node.key: _row(diagnosis, node, before) for node in after.nodes}
    gone = before.by_key.keys() - after.by_key.keys()
    edges = {(keys[cause], keys[effect]) for cause, effect in after.edges}
    for edge in before.edges - edges:
        TreeEdge.objects.filter(cause=edge[0], effect=edge[1]).delete()
    TreeEdge.objects.bulk_create(_edge(edge) for edge in sorted(edges - before.edges))
    diagnosis.nodes.filter(pk__in=gone).delete()
    return keys


def _row(diagnosis: Diagnosis, node: Node, before: Tree) -> int:
    values = {name: getattr(node, name) for name in (*NODE, "role", "position")}
    if node.key not in before.by_key:
        return TreeNode.objects.create(diagnosis=diagnosis, **values).pk
    if before.by_key[node.key] != node:
        diagnosis.nodes.filter(pk=node.key).update(**values)
    return node.key


def _edge(edge: Edge) -> TreeEdge:
    return TreeEdge(cause_id=edge[0], effect_id=edge[1])


def _keep(
    by: Actor, case: Case, diagnosis: Diagnosis, event: str, changes: Mapping[str, Any]
) -> None:
    """One version further, and the event in the trail."""
    diagnosis.tree_version += 1
    diagnosis.save(update_fields=["tree_version"])
    record(
        by=by, action=f"assistance.{event}", object_type="case", object_id=case.pk, changes=changes
    )
