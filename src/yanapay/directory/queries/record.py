"""The file of one organisation, and its story in order of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Literal

from django.utils import timezone

from yanapay.audit.models import Event
from yanapay.centres.rules import Scope
from yanapay.directory.models import Note, Observation, Organisation, Person
from yanapay.directory.models.batches import unpublished
from yanapay.kernel.errors import NotFound

SHOWN = 200


@dataclass(frozen=True)
class Moment:
    """One entry of a timeline: an event of the audit trail, a note or an observation."""

    at: datetime
    kind: Literal["event", "note", "observation"]
    who: str
    subject: Any


def open_organisation(scope: Scope, pk: int) -> Organisation:
    """The organisation if the scope may open its file; a merged one leads to the one that was kept.

    Raises NotFound for an unknown file and for one that is not theirs: nobody learns which.
    """
    visible = Organisation.objects.visible_to(scope).select_related(
        "area", "centre", "responsible", "provenance__batch"
    )
    organisation = visible.filter(pk=pk).first()
    if organisation and organisation.merged_into_id:
        return open_organisation(scope, organisation.merged_into_id)
    if organisation is None or organisation.batch_id in unpublished():
        raise NotFound("There is no such organisation, or it is not in your centre.")
    return organisation


def open_person(scope: Scope, pk: int) -> Person:
    """The person if the scope may see people of their centre, else NotFound; a merged one leads to the kept."""
    visible = Person.objects.visible_to(scope).select_related("centre")
    person = visible.filter(pk=pk).first()
    if person and person.merged_into_id:
        return open_person(scope, person.merged_into_id)
    if person is None or not Person.objects.live().filter(pk=pk).exists():
        raise NotFound("There is no such person, or not in your centre.")
    return person


def observations_of(organisation: Organisation) -> list[Observation]:
    """Its figures, corrected ones too, the newest :data:`SHOWN`."""
    return list(organisation.observations.published().newest_first()[:SHOWN])


def timeline(organisation: Organisation, observations: Iterable[Observation]) -> list[Moment]:
    """What happened with the organisation and what was observed of it, newest first, at most :data:`SHOWN`."""
    moments = [*_events(organisation), *_notes(organisation), *map(_observed, observations)]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)[:SHOWN]


def _events(organisation: Organisation) -> Iterator[Moment]:
    shown_otherwise = ["directory.observed", "directory.note_written"]
    events = Event.objects.about("organisation", organisation.pk).exclude(
        action__in=shown_otherwise
    )
    for event in events.newest_first()[:SHOWN]:
        yield Moment(event.at, "event", event.actor_name, event)


def _notes(organisation: Organisation) -> Iterator[Moment]:
    for note in Note.objects.filter(organisation=organisation).order_by("-created_at")[:SHOWN]:
        yield Moment(note.created_at, "note", note.author_name, note)


def _observed(observation: Observation) -> Moment:
    noon = datetime.combine(observation.observed_on, time(12), timezone.get_current_timezone())
    return Moment(noon, "observation", observation.author, observation)
