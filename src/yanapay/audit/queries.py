"""Proving the chains, and reading the trail page by page."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from yanapay.audit.models import Chain, Event, PersonalValue
from yanapay.audit.rules import GENESIS, Broken, Entry, first_broken, personal_digest
from yanapay.base.vouching import broken_links


@dataclass(frozen=True)
class EventFilter:
    """What the reader of the trail asks for; ``centres=None`` means all centres.

    ``actor`` is part of a name as it was signed; ``actor_ids`` are users who bear it now.
    """

    centres: frozenset[int] | None
    centre: int | None = None
    actor: str = ""
    actor_ids: frozenset[int] = frozenset()
    action: str = ""
    object_type: str = ""
    object_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


def verify(only: Collection[int] | None = None) -> list[Broken]:
    """The first break of every chain that has one, then whatever events vouch for and no longer matches.

    An empty list proves them all (or ``only`` some chains).
    """
    chains = [chain for chain in _chains() if only is None or chain in only]
    broken = [first_broken(_links(chain)) or _cut_short(chain) for chain in chains]
    rows = [Broken(chain, seq, "rows") for chain, seq in broken_links(chains)]
    return [found for found in broken if found] + list(_altered_values(chains)) + rows


def heads() -> dict[int, tuple[int, str]]:
    """The last link of each chain, ``{chain: (seq, hash)}``.

    Whoever keeps a copy elsewhere can later prove that no chain was replaced as a whole.
    """
    return {chain.pk: (chain.seq, chain.hash) for chain in Chain.objects.order_by("pk")}


def count_events() -> int:
    """How many events stand in all chains together."""
    return Event.objects.count()


def matching(asked: EventFilter) -> QuerySet[Event]:
    """The events that the reader asked for and may see, newest first."""
    exact = {
        "centre_id": asked.centre,
        "object_type": asked.object_type,
        "object_id": asked.object_id,
        "at__gte": asked.since,
        "at__lt": asked.until,
        "action__startswith": asked.action,
    }
    events = Event.objects.filter(**{field: value for field, value in exact.items() if value})
    if asked.actor:
        named = Q(actor_name__icontains=asked.actor)
        events = events.filter(named | Q(actor_id__in=asked.actor_ids))
    if asked.centres is not None:
        events = events.filter(centre_id__in=asked.centres)
    return events.order_by("-id")


def personal_values(events: Iterable[Event]) -> dict[int, list[PersonalValue]]:
    """The personal values still kept for these events, by event."""
    found: dict[int, list[PersonalValue]] = {}
    for value in PersonalValue.objects.filter(event__in=[event.pk for event in events]):
        found.setdefault(value.event_id, []).append(value)
    return found


def _chains() -> list[int]:
    """Every chain, also one whose head somebody removed."""
    known = set(Chain.objects.values_list("pk", flat=True))
    return sorted(known | set(Event.objects.values_list("chain", flat=True).distinct()))


def _links(chain: int) -> Iterator[tuple[Entry, str, str]]:
    for event in Event.objects.filter(chain=chain).order_by("seq").iterator(chunk_size=2000):
        yield event.entry(), event.previous, event.hash


def _cut_short(chain: int) -> Broken | None:
    """The head knows the last link, so events removed from the end are missed too."""
    head = Chain.objects.filter(pk=chain).first() or Chain(pk=chain)
    last = Event.objects.filter(chain=chain).order_by("-seq").first()
    seq, digest = (last.seq, last.hash) if last else (0, GENESIS)
    return None if (seq, digest) == (head.seq, head.hash) else Broken(chain, seq + 1, "missing")


def _altered_values(chains: list[int]) -> Iterator[Broken]:
    """Personal values that are still kept must match the digest in their event."""
    kept = PersonalValue.objects.filter(event__chain__in=chains).select_related("event")
    for value in kept.iterator(chunk_size=2000):
        event, digest = value.event, personal_digest(value.salt, value.before, value.after)
        if event.personal.get(value.field) != digest:
            yield Broken(event.chain, event.seq, "altered")
