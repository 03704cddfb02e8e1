"""A problem tree, or its objectives, drawn as SVG: for pages, print and PDF.

Plain attributes only (no style sheet, no variables, no markers), so that any renderer shows the same. What
colour says is said by shape as well: the central problem is larger, what can be addressed has a
thick edge and its rank in a disc, what is not yet proven is dashed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from django.utils.translation import gettext

from yanapay.assistance.models import Case, Diagnosis
from yanapay.assistance.queries.diagnosis import objectives_of, tree_of, tree_of_case
from yanapay.assistance.rules.tree import CAUSE, CENTRAL, EFFECT, Node, Tree
from yanapay.assistance.rules.tree.layout import (
    INSIDE,
    LEADING,
    MARK,
    TEXT,
    Box,
    Layout,
    Line,
    lay_out,
)
from yanapay.assistance.rules.tree.ranking import rank
from yanapay.assistance.rules.tree.wishes import Wish

Kind = Literal["problems", "objectives"]
Link = Callable[[int], Mapping[str, str]]
FONT = "system-ui, Noto Sans, Segoe UI, Roboto, DejaVu Sans, Arial, sans-serif"
INK, EDGE = "#1c2829", "#6c7675"
HEAD = 5.0  # half the width of an arrow's head


@dataclass(frozen=True)
class Paint:
    fill: str
    stroke: str


PROBLEMS = {
    CENTRAL: Paint("#fdecea", "#a8231c"),
    CAUSE: Paint("#fdf3e0", "#8a5100"),
    EFFECT: Paint("#e8f1f9", "#1b5687"),
}
OBJECTIVES = {
    CENTRAL: Paint("#d6ebe8", "#0c3b3b"),
    CAUSE: Paint("#e6f4ea", "#1c6b3c"),
    EFFECT: Paint("#ebf5f3", "#0f615f"),
}


def tree_svg(about: Case | Diagnosis, kind: Kind = "problems") -> str:
    """The picture of a case's tree, to be embedded; an empty string while there is none."""
    tree = tree_of_case(about) if isinstance(about, Case) else tree_of(about)
    return draw(tree, kind) if tree.central else ""


def draw(
    tree: Tree, kind: Kind = "problems", link: Link | None = None, chosen: int | None = None
) -> str:
    """The picture of a tree. ``link`` gives the attributes of the link around a box; ``chosen`` stands out."""
    wishes = objectives_of(tree) if kind == "objectives" else None
    texts = {n.key: wishes[n.key].text if wishes else n.text for n in tree.nodes}
    layout = lay_out(tree, texts)
    places = {one.node.key: one.place for one in rank(tree)}
    lines = "".join(_line(line) for line in layout.lines)
    boxes = "".join(
        _box(box, Drawn(tree.by_key[box.key], texts[box.key], kind, places.get(box.key),
                        wishes[box.key] if wishes else None, box.key == chosen), link)
        for box in layout.boxes
    )  # fmt: skip
    return f"{_opening(layout, kind)}{lines}{boxes}</svg>"


@dataclass(frozen=True)
class Drawn:
    """What is shown in one box."""

    node: Node
    text: str
    kind: Kind
    place: int | None
    wish: Wish | None
    is_chosen: bool

    @property
    def paint(self) -> Paint:
        return (OBJECTIVES if self.kind == "objectives" else PROBLEMS)[self.node.role]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be said: evidence of a problem, the words of an objective."""
        if self.wish:
            return self.wish.source == "asked"
        return self.node.role != CENTRAL and not self.node.evidence.strip()

    @property
    def label(self) -> str:
        """The box in words, for those who do not see it, and as a hint."""
        role = {
            CENTRAL: gettext("Central problem"),
            CAUSE: gettext("Cause"),
            EFFECT: gettext("Effect"),
        }
        if self.wish:
            role = {CENTRAL: gettext("Aim"), CAUSE: gettext("A means"), EFFECT: gettext("An end")}
        said = role[self.node.role]
        if self.place:
            said += ", " + gettext("can be addressed, rank {place}").format(place=self.place)
        return f"{said}: {self.text}"


def _opening(layout: Layout, kind: Kind) -> str:
    title = gettext("Tree of objectives") if kind == "objectives" else gettext("Problem tree")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{escape(title)}" '
        f'width="{layout.width:g}" height="{layout.height:g}" '
        f'viewBox="0 0 {layout.width:g} {layout.height:g}" font-family="{FONT}" font-size="{TEXT:g}">'
    )


def _line(line: Line) -> str:
    """A curve from cause to effect that leaves and arrives upright, and the head of its arrow."""
    (x, y), *rest = line.points
    path = f"M{x:g} {y:g}"
    last = len(rest) - 1
    for number, (to_x, to_y) in enumerate(rest):
        end_y = to_y + HEAD if number == last else to_y
        half = (y - end_y) / 2
        path += f"C{x:g} {y - half:g} {to_x:g} {end_y + half:g} {to_x:g} {end_y:g}"
        x, y = to_x, to_y
    head = f"M{x:g} {y + 1:g}l{-HEAD:g} {2 * HEAD:g}h{2 * HEAD:g}z"
    return (
        f'<path d="{path}" fill="none" stroke="{EDGE}" stroke-width="1.5"/>'
        f'<path d="{head}" fill="{EDGE}"/>'
    )


def _box(box: Box, drawn: Drawn, link: Link | None) -> str:
    inside = _frame(box, drawn) + _mark(box, drawn) + _words(box, drawn)
    if link is None:
        return f"<g>{inside}</g>"
    written = " ".join(f'{name}="{escape(value)}"' for name, value in link(box.key).items())
    return f"<a {written}><title>{escape(drawn.label)}</title>{inside}</a>"


def _frame(box: Box, drawn: Drawn) -> str:
    paint = drawn.paint
    strong = drawn.place is not None or drawn.node.role == CENTRAL
    dashes = ' stroke-dasharray="5 4"' if drawn.is_open else ""
    frame = (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="7" '
        f'fill="{paint.fill}" stroke="{paint.stroke}" stroke-width="{2.5 if strong else 1.25}"{dashes}/>'
    )
    if not drawn.is_chosen:
        return frame
    return frame + (
        f'<rect x="{box.x - 4:g}" y="{box.y - 4:g}" width="{box.width + 8:g}" '
        f'height="{box.height + 8:g}" rx="10" fill="none" stroke="{INK}" stroke-width="2"/>'
    )


def _mark(box: Box, drawn: Drawn) -> str:
    """The rank of a cause that can be addressed, in a disc."""
    if drawn.place is None:
        return ""
    x, y = box.x + box.width - INSIDE - 4, box.y + INSIDE + 4
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{MARK / 2:g}" fill="{drawn.paint.stroke}"/>'
        f'<text x="{x:g}" y="{y + 4:g}" fill="#ffffff" font-size="11" font-weight="700" '
        f'text-anchor="middle">{drawn.place} </text>'
    )


def _words(box: Box, drawn: Drawn) -> str:
    weight = ' font-weight="600"' if drawn.node.role == CENTRAL else ""
    style = ' font-style="italic"' if drawn.wish and drawn.wish.source == "asked" else ""
    x, first = box.x + INSIDE, box.y + INSIDE + TEXT
    rows = "".join(
        f'<tspan x="{x:g}" y="{first + number * LEADING:g}">{escape(line)} </tspan>'
        for number, line in enumerate(box.lines)
    )
    return f'<text fill="{INK}"{weight}{style}>{rows}</text>'
