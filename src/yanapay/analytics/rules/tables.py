"""A table with all that is needed to judge it: what was counted, of whom, where, what to know. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yanapay.analytics.rules.crosstab import Crosstab, Row
from yanapay.analytics.rules.suppression import SMALL
from yanapay.kernel.messages import Message

HIDDEN = Message(
    "Numbers under {small} are hidden, and others with them, so that nobody can be recognised.",
    small=SMALL,
)
OVERLAP = Message("One organisation may stand in several groups: they add to more than the whole.")


@dataclass(frozen=True)
class Table:
    """``tab`` holds the numbers; ``details`` what only this table has, for machines.

    ``printed`` is what a source prints beside a number or instead of it, by (group, code). Of a table whose
    parts come from different sources each group has a base of its own, and the whole none (``is_compound``).
    """

    name: str
    title: Message
    definition: Message
    source: Message
    unit: Message
    tab: Crosstab
    group_by: str = "none"
    group_title: Message = Message("all together")  # noqa: RUF009  frozen
    scheme: str = ""
    scheme_name: str = ""
    notes: tuple[Message, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    is_protected: bool = False
    is_compound: bool = False
    printed: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def base(self) -> int | None:
        return self.tab.base

    @property
    def missing(self) -> int | None:
        return self.tab.missing

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.tab.rows
