"""Organisations that the one being typed may already be."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians

from django.db.models import Q

from yanapay.centres.rules import Scope
from yanapay.directory.models import Identifier, Organisation
from yanapay.directory.queries.phones import reached_at
from yanapay.directory.rules.duplicates import (
    NEAR_METRES,
    Sketch,
    bare_phones,
    resemblance,
)
from yanapay.kernel.messages import Message

METRES_PER_DEGREE = 111_000
LOOKED_AT = 200


@dataclass(frozen=True)
class Likeness:
    """A known organisation, why it may be the same, and whether the user may open its file."""

    organisation: Organisation
    reason: Message
    may_open: bool


def possible_duplicates(
    scope: Scope, typed: Sketch, *, besides: int | None = None, limit: int = 5
) -> list[Likeness]:
    """What to warn about while a form is filled in, at most ``limit``.

    An official number is looked up in all centres (that it is taken must be known); phones, points and
    names only among the organisations whose files the user may open.
    """
    own = {besides} if besides else set[int]()
    resembling, holders = _resembling(typed) - own, _holders(typed) - own
    if not (resembling or holders):
        return []
    everywhere = Organisation.objects.live().prefetch_related("identifiers")
    visible = everywhere.visible_to(scope)
    opened = list(visible.filter(pk__in=resembling)[:LOOKED_AT])
    same_number = list(everywhere.filter(pk__in=holders)[:limit])
    seen = visible.filter(pk__in=[found.pk for found in same_number])
    may_open = {*seen.values_list("pk", flat=True), *(found.pk for found in opened)}
    known = {found.pk: found for found in [*same_number, *opened]}
    return list(_likenesses(typed, list(known.values()), may_open))[:limit]


def sketch(organisation: Organisation) -> Sketch:
    """What the entry rules look at, of an organisation in the directory."""
    point = (organisation.latitude, organisation.longitude)
    return Sketch(
        name=organisation.name,
        other_names=tuple(filter(None, [organisation.trade_name])),
        phones=bare_phones(organisation.phone, organisation.private_phone),
        identifiers=frozenset(
            (i.country, i.type, i.number) for i in organisation.identifiers.all()
        ),
        point=None if point[0] is None or point[1] is None else (point[0], point[1]),
    )


def _likenesses(typed: Sketch, known: list[Organisation], may_open: set[int]) -> Iterator[Likeness]:
    for organisation in known:
        if reason := resemblance(typed, sketch(organisation)):
            yield Likeness(organisation, reason, organisation.pk in may_open)


def _holders(typed: Sketch) -> set[int]:
    """Who holds one of the official numbers, each looked up by the unique index."""
    return {
        holder
        for country, kind, number in typed.identifiers
        for holder in Identifier.objects.filter(
            number=number, type=kind, country=country
        ).values_list("organisation", flat=True)
    }


def _resembling(typed: Sketch) -> set[int]:
    """Who fulfils one of the cheap conditions. Each is asked alone: a database reads only one index per OR."""
    organisations = Organisation.objects.order_by()
    return {
        found
        for clue in _clues(typed)
        for found in organisations.filter(clue).values_list("pk", flat=True)[:LOOKED_AT]
    }


def _clues(typed: Sketch) -> Iterator[Q]:
    """Conditions that every resemblance fulfils one of, with the condition of their partial index."""
    for field in ("private_phone", "phone"):
        yield from reached_at(field, typed.phones)
    if typed.point:
        latitude, longitude = typed.point
        high = NEAR_METRES / METRES_PER_DEGREE
        wide = high / max(cos(radians(latitude)), 0.01)
        yield Q(
            latitude__isnull=False,
            latitude__range=(latitude - high, latitude + high),
            longitude__range=(longitude - wide, longitude + wide),
        )
