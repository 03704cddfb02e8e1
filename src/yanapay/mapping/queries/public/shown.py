"""What of an entry may be told: of an external one only what its source said, whatever its row may hold."""

from typing import Any

from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Entry


def is_external(entry: Entry) -> bool:
    return entry.state == EntryState.EXTERNAL


def shown(entry: Entry) -> dict[str, Any]:
    """The public fields without a column of their own."""
    return {} if is_external(entry) else dict(entry.shown)


def point(entry: Entry) -> tuple[float, float] | None:
    """(latitude, longitude), no finer than was agreed when it was approved."""
    if is_external(entry) or entry.latitude is None or entry.longitude is None:
        return None
    return entry.latitude, entry.longitude


def codes(entry: Entry) -> dict[str, list[str]]:
    """Vocabulary → codes; of an external entry its macro-region and networks only."""
    held: dict[str, list[str]] = {}
    for one in sorted(entry.codes.all(), key=lambda one: one.code):
        if not is_external(entry) or one.vocabulary in {"macro_region", "network"}:
            held.setdefault(one.vocabulary, []).append(one.code)
    return held
