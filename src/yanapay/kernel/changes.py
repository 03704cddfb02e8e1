"""Telling what an edit changes, and which of it is personal. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yanapay.kernel.errors import EditConflict

Pair = tuple[Any, Any]


@dataclass(frozen=True)
class Changes:
    """Field → (before, after) of what really differs, public and personal fields apart."""

    public: Mapping[str, Pair]
    personal: Mapping[str, Pair]

    def __bool__(self) -> bool:
        return bool(self.public or self.personal)

    @property
    def fields(self) -> list[str]:
        return [*self.public, *self.personal]


def compare(
    before: Mapping[str, Any], after: Mapping[str, Any], personal: Iterable[str] = ()
) -> Changes:
    """What differs between two sets of values; only fields named in ``after`` are looked at."""
    secret = set(personal)
    pairs = {
        field: (plain(before.get(field)), plain(value))
        for field, value in after.items()
        if plain(before.get(field)) != plain(value)
    }
    return Changes(
        {f: pair for f, pair in pairs.items() if f not in secret},
        {f: pair for f, pair in pairs.items() if f in secret},
    )


def plain(value: Any) -> Any:
    """A JSON value: dates as ISO text, related objects as their key."""
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "pk", value)


def require_version(seen: int | None, current: int) -> None:
    """Raise EditConflict when somebody saved after the version that the editor started from."""
    if seen is not None and seen != current:
        raise EditConflict(
            "Somebody else saved this record while you were editing. Compare and save again."
        )
