"""The chain: what an event's hash covers and how a broken link is found. Pure."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Actor:
    """Who acts, for which centre. Plain ids and names, so that every domain can sign its events."""

    user_id: int | None
    user_name: str
    centre_id: int | None = None
    centre_name: str = ""

    @classmethod
    def system(cls) -> "Actor":
        """The installation itself: reference data, scheduled work."""
        return cls(user_id=None, user_name="system")

    @classmethod
    def operator(cls, centre_id: int | None = None, centre_name: str = "") -> "Actor":
        """Whoever holds the command line of the server."""
        return cls(None, "operator", centre_id, centre_name)


def plain(value: Any) -> Any:
    """The value as every database gives it back from JSON, so that a hash over it can be repeated.

    Mappings and sequences become dicts and lists; what JSON cannot hold exactly, or PostgreSQL
    would rewrite (dates, huge or tiny floats, NUL characters), becomes text.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return plain(sorted(value))
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    exact = isinstance(value, float) and math.isfinite(value) and "e" not in repr(value)
    if value is None or isinstance(value, int) or exact:
        return value
    return str(value).replace("\0", "")


@dataclass(frozen=True)
class Entry:
    """What the hash of one event covers, besides the hash of the event before it.

    ``changes`` holds no personal value in clear; ``personal`` maps each personal field to the
    salted digest of its values, which stand in a table of their own and can be erased.
    """

    chain: int
    seq: int
    at: str
    actor_id: int | None
    actor_name: str
    centre_id: int | None
    centre_name: str
    action: str
    object_type: str
    object_id: str
    changes: Mapping[str, Any]
    personal: Mapping[str, str]
    reason: str


def link_hash(previous: str, entry: Entry) -> str:
    """SHA-256 over the previous hash and the canonical JSON of the entry."""
    body = json.dumps(vars(entry), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def personal_digest(salt: str, before: Any, after: Any) -> str:
    """Proves a personal value while it is kept; says nothing once its salt is gone."""
    body = json.dumps(plain([before, after]), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


@dataclass(frozen=True)
class Broken:
    """Where a chain is broken: an event is missing, was altered, or the rows it vouches for were."""

    chain: int
    seq: int
    problem: str


def first_broken(links: Iterable[tuple[Entry, str, str]]) -> Broken | None:
    """The first break in one chain of (entry, stated previous hash, stated hash), oldest first."""
    expected_seq, expected_previous = 1, GENESIS
    for entry, previous, stated in links:
        if entry.seq != expected_seq:
            return Broken(entry.chain, expected_seq, "missing")
        if previous != expected_previous or link_hash(previous, entry) != stated:
            return Broken(entry.chain, entry.seq, "altered")
        expected_seq, expected_previous = entry.seq + 1, stated
    return None
