"""Small line charts as plain SVG: read without scripts, printed sharply, with a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 320, 96
LEFT, RIGHT, TOP, BOTTOM = 8, 12, 14, 18


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    day: date
    value: float


@dataclass(frozen=True)
class Chart:
    """Where the points of a series lie in a box of WIDTH by HEIGHT; the lowest line is zero."""

    dots: list[Dot]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def line(self) -> str:
        """The points attribute of a polyline."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def area(self) -> str:
        """The points attribute of the polygon down to the zero line."""
        base = HEIGHT - BOTTOM
        return f"{self.dots[0].x},{base} {self.line} {self.dots[-1].x},{base}"

    @property
    def base(self) -> int:
        return HEIGHT - BOTTOM


def chart(series: Sequence[tuple[date, float]]) -> Chart | None:
    """A chart of at least two dated values, oldest first; None when there is nothing to compare."""
    if len(series) < 2:
        return None
    first, last = series[0][0].toordinal(), series[-1][0].toordinal()
    highest = max(value for _, value in series) or 1
    dots = [
        Dot(
            round(
                LEFT + (WIDTH - LEFT - RIGHT) * (day.toordinal() - first) / max(last - first, 1), 1
            ),
            round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest, 1),
            day,
            value,
        )
        for day, value in series
    ]
    return Chart(dots)
