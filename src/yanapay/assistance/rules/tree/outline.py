"""A tree written as indented lines, the way people type it. Pure.

The causes stand one per line, a cause of a cause is indented below it; the effects likewise. A line that
comes twice is one problem that hangs on two. A star at the end marks what can be addressed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from yanapay.assistance.rules.tree.graph import CAUSE, CENTRAL, EFFECT, Node, Tree, outwards
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import fold

LONGEST = 200
MOST = 200  # problems of one tree: more cannot be read
TAB = 4
_BULLET = re.compile(r"^(?:[-*•\u2013·>]+|\d{1,2}(?:\.\d{1,2})*[.)])\s+")
_STAR = re.compile(r"\s*[*★]\s*$")


@dataclass(frozen=True)
class Line:
    depth: int
    text: str
    is_addressable: bool = False


@dataclass(frozen=True)
class Outline:
    """A whole tree as text."""

    central: str
    causes: str = ""
    effects: str = ""


@dataclass
class _Growing:
    """A tree under construction; ``names`` finds the problem that a line repeats."""

    tree: Tree
    known: Mapping[tuple[str, str], Node]
    names: dict[tuple[str, str], int] = field(default_factory=dict)
    last: int = 0

    def node(self, role: str, line: Line) -> Node:
        """The problem of a line: as it was known, or new."""
        self.last -= 1
        fresh = Node(self.last, role, line.text, is_addressable=line.is_addressable)
        known = self.known.get((role, fold(line.text)))
        if known:
            fresh = replace(known, text=line.text, is_addressable=line.is_addressable)
        return replace(fresh, position=len(self.tree.nodes))

    def hang(self, role: str, line: Line, under: int) -> int:
        """Add the line's problem, or link the one that it repeats; its key."""
        name = (role, fold(line.text) or line.text)
        if name not in self.names:
            node = self.node(role, line)
            self.names[name] = node.key
            self.tree = self.tree.added(node, under)
        else:
            key = self.names[name]
            self.tree = self.tree.linked(*((under, key) if role == EFFECT else (key, under)))
        return self.names[name]


def read_lines(text: str) -> list[Line]:
    """Lines with their depth from 0. Indentation may be of any width, with tabs or bullets; it is read
    relatively, so that a pasted list keeps its shape."""
    lines: list[Line] = []
    open_indents: list[int] = []
    for raw in text.splitlines():
        bare = raw.expandtabs(TAB)
        said = " ".join(_STAR.sub("", _BULLET.sub("", bare.strip())).split())
        if not said:
            continue
        indent = len(bare) - len(bare.lstrip())
        while open_indents and open_indents[-1] >= indent:
            open_indents.pop()
        lines.append(Line(len(open_indents), said, bool(_STAR.search(bare))))
        open_indents.append(indent)
    return lines


def read_outline(outline: Outline, before: Tree | None = None) -> Tree:
    """The tree that an outline describes. New problems get keys below zero; a problem of ``before`` whose
    text still stands keeps its key, evidence, weight and objective."""
    central = read_lines(outline.central)
    if len(central) != 1:
        raise RuleBroken("Write the central problem in one line.", field="central")
    known = {(node.role, fold(node.text)): node for node in (before.nodes if before else ())}
    centre = before.central if before else None
    top = replace(
        centre or Node(0, CENTRAL, ""), text=_short(central[0].text, "central"), position=0
    )
    growing = _Growing(Tree((top,)), known)
    _grow(growing, top.key, CAUSE, read_lines(outline.causes), "causes")
    _grow(growing, top.key, EFFECT, read_lines(outline.effects), "effects")
    return growing.tree


def write_outline(tree: Tree) -> Outline:
    """The text that :func:`read_outline` reads back into the same tree."""
    centre = tree.central
    if centre is None:
        return Outline("")
    return Outline(centre.text, _written(tree, CAUSE), _written(tree, EFFECT))


def _grow(growing: _Growing, top: int, role: str, lines: Iterable[Line], name: str) -> None:
    above = [top]
    for line in lines:
        _short(line.text, name)
        if len(growing.tree.nodes) >= MOST:
            raise RuleBroken("A tree holds at most {most} problems.", field=name, most=MOST)
        del above[line.depth + 1 :]
        try:
            above.append(growing.hang(role, line, above[-1]))
        except RuleBroken as error:
            raise RuleBroken(error.message.template, field=name, **error.message.values) from error


def _written(tree: Tree, side: str) -> str:
    return "\n".join(
        "    " * (told.depth - 1) + _line_of(tree.by_key[told.key]) for told in outwards(tree, side)
    )


def _line_of(node: Node) -> str:
    return f"{node.text} *" if node.is_addressable else node.text


def _short(text: str, name: str) -> str:
    if len(text) > LONGEST:
        raise RuleBroken(
            "Say it in at most {longest} letters: «{text}…»",
            field=name,
            longest=LONGEST,
            text=text[:60],
        )
    return text
