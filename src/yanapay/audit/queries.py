"""Proving the chains."""

from collections.abc import Iterator

from yanapay.audit.models import Chain, Event, PersonalValue
from yanapay.audit.rules import Broken, Entry, first_broken, personal_digest


def verify() -> list[Broken]:
    """The first break of every chain that has one; an empty list proves them all."""
    broken = [first_broken(_links(chain.pk)) or _cut_short(chain) for chain in Chain.objects.order_by("pk")]
    return [found for found in broken if found] + list(_altered_values())


def count_events() -> int:
    """How many events stand in all chains together."""
    return Event.objects.count()


def _links(chain: int) -> Iterator[tuple[Entry, str, str]]:
    for event in Event.objects.filter(chain=chain).order_by("seq").iterator(chunk_size=2000):
        yield event.entry(), event.previous, event.hash


def _cut_short(chain: Chain) -> Broken | None:
    """The head knows the last link, so events removed from the end are missed too."""
    last = Event.objects.filter(chain=chain.pk).order_by("-seq").first()
    if (last.seq if last else 0, last.hash if last else chain.hash) != (chain.seq, chain.hash):
        return Broken(chain.pk, (last.seq if last else 0) + 1, "missing")
    return None


def _altered_values() -> Iterator[Broken]:
    """Personal values that are still kept must match the digest in their event."""
    for value in PersonalValue.objects.select_related("event").iterator(chunk_size=2000):
        if value.event.personal.get(value.field) != personal_digest(value.salt, value.before, value.after):
            yield Broken(value.event.chain, value.event.seq, "altered")
