"""What every reader of a format offers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Source(Protocol):
    """A file that gives its rows as lists of text cells, header included, as often as asked."""

    path: Path
    rows_estimate: int

    def rows(self) -> Iterator[list[str]]:
        """All rows from the top; blank ones are empty lists."""
        ...
