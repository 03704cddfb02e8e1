"""Whether the answers are still those that the audit trail vouches for."""

import hashlib
from collections.abc import Collection, Iterator

from yanapay.audit.models import Event
from yanapay.base.vouching import Link
from yanapay.surveys.models import Submission
from yanapay.surveys.rules.sealing import seal

SEALED = "surveys.answers_received"


def broken_seals(chains: Collection[int]) -> Iterator[Link]:
    """Events whose answers were changed or removed since; an erased answer keeps the digest of its XML."""
    for event in Event.objects.filter(action=SEALED, chain__in=chains).order_by("pk").iterator():
        found = list(Submission.objects.filter(pk__in=event.changes["answers"]))
        arrived = ((one.pk, one.instance_id, one.sha256) for one in found)
        if seal(arrived) != event.changes["digest"] or not all(map(_is_itself, found)):
            yield event.chain, event.seq


def _is_itself(answer: Submission) -> bool:
    return bool(answer.erased_at) or hashlib.sha256(bytes(answer.xml)).hexdigest() == answer.sha256
