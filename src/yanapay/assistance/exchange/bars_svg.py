"""Before and after as bars: one SVG for page and PDF, drawn from exact numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, ROW, BAR, LABEL = 520, 64, 16, 18
LEFT, ROOM = 4, 380  # where bars begin, and the length of the longest
BEFORE, AFTER, TARGET, INK = "#b9c2cc", "#1f7a4d", "#8a4b08", "#1d273b"


@dataclass(frozen=True)
class Bars:
    """One indicator: its name, and the values with the words to write beside them. ``target`` is a mark."""

    name: str
    before: int
    after: int
    before_text: str
    after_text: str
    target: int | None = None


def bars_svg(rows: Sequence[Bars], title: str) -> str:
    """The picture with its title for who does not see it; empty without rows."""
    if not rows:
        return ""
    height = ROW * len(rows)
    drawn = "".join(_row(row, place * ROW) for place, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'class="before-after" font-family="inherit" font-size="13" fill="{INK}">'
        f"<title>{escape(title)}</title>{drawn}</svg>"
    )


def _row(row: Bars, top: int) -> str:
    """Name, grey bar before, green bar after, and a line where the target lies."""
    longest = max(abs(row.before), abs(row.after), abs(row.target or 0)) or 1
    lengths = [ROOM * abs(value) // longest for value in (row.before, row.after)]
    parts = [f'<text x="{LEFT}" y="{top + 13}" font-weight="600">{escape(row.name)}</text>']
    if row.target is not None:
        x = LEFT + ROOM * abs(row.target) // longest
        y, end = top + LABEL - 2, top + LABEL + 2 * BAR + 5
        parts.append(
            f'<path d="M{x} {y}V{end}" stroke="{TARGET}" stroke-width="2" stroke-dasharray="4 3"/>'
        )
    for place, (length, text, paint) in enumerate(
        zip(lengths, (row.before_text, row.after_text), (BEFORE, AFTER), strict=True)
    ):
        y = top + LABEL + place * (BAR + 3)
        parts.append(
            f'<rect x="{LEFT}" y="{y}" width="{max(length, 1)}" height="{BAR}" fill="{paint}"/>'
            f'<text x="{LEFT + length + 6}" y="{y + 12}" paint-order="stroke" stroke="#fff" '
            f'stroke-width="4">{escape(text)}</text>'  # readable where the target's line crosses it
        )
    return "".join(parts)
