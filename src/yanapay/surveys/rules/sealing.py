"""One digest for many answers, so that a single event of the audit trail vouches for all of them. Pure."""

import hashlib
from collections.abc import Iterable

Arrived = tuple[int, str, str]
"""Key, instanceID and SHA-256 of the XML of one answer."""


def seal(answers: Iterable[Arrived]) -> str:
    lines = (f"{pk} {instance_id} {sha256}\n" for pk, instance_id, sha256 in sorted(answers))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
