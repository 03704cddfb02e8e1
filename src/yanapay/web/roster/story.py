"""What happened with an entry of the roster."""

from yanapay.audit.models import Event
from yanapay.web.audit.words import actor_word
from yanapay.web.directory.words import Told
from yanapay.web.roster.events import EVENTS

SHOWN = 30


def history(specialist_id: int) -> list[Told]:
    """What happened with an entry of the roster, newest first."""
    events = Event.objects.about("specialist", specialist_id).newest_first()[:SHOWN]
    return [_told(event) for event in events]


def _told(event: Event) -> Told:
    verb = event.action.removeprefix("roster.")
    icon, title = EVENTS.get(verb, ("history", verb))
    return Told(event.at, icon, str(title), actor_word(event.actor_name), event.reason, [])
