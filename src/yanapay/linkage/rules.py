"""What the weights of a comparison mean, in numbers and in bars. Pure."""

from dataclasses import dataclass

DUPLICATES_PER_RECORD = 0.05
WIDEST_BAR = 12.0


@dataclass(frozen=True)
class Reason:
    """What one comparison says: its level in words and its weight in bits (negative speaks against)."""

    comparison: str
    level: str
    weight: float

    @property
    def is_known(self) -> bool:
        return self.level != "Unknown"

    @property
    def speaks_for(self) -> bool:
        return self.weight > 0

    @property
    def bar(self) -> int:
        """Length of the bar in twelfths, at least 1."""
        return max(1, min(12, round(abs(self.weight) / WIDEST_BAR * 12)))


def expected_match_rate(records: int) -> float:
    """The chance that two records drawn blindly are one, if one record in twenty has a duplicate."""
    return min(0.01, 2 * DUPLICATES_PER_RECORD / max(records, 2))
