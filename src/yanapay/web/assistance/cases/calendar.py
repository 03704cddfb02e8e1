"""An agenda as iCalendar (RFC 5545): enterprise and purpose, no names, no numbers."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from icalendar import Calendar, Event

from yanapay.assistance.queries.agenda import Entry

PRODUCT = "-//Yanapay//Agenda//ES"
KINDS: dict[str, Promise] = {
    "visit": gettext_lazy("Visit"), "task": gettext_lazy("Task due"),
    "evaluation": gettext_lazy("Evaluation due"),
}  # fmt: skip
LENGTH = timedelta(hours=2)  # of a visit with an hour


def calendar_of(
    entries: Iterable[Entry], absolute: Callable[[str], str], now: datetime, language: str
) -> bytes:
    """The entries as a calendar in the reader's language; ``absolute`` completes an address of ours."""
    with translation.override(language):
        calendar = Calendar.new(
            prodid=PRODUCT, name=_("My work in the centre"), refresh_interval=timedelta(hours=1)
        )
        for entry in entries:
            calendar.add_component(_event(entry, absolute, now))
    body: bytes = calendar.to_ical()
    return body


def _event(entry: Entry, absolute: Callable[[str], str], now: datetime) -> Event:
    start, end = _times(entry)
    kind = KINDS[entry.kind]
    organisation = entry.case.organisation
    return Event.new(
        uid=f"{entry.kind}-{entry.key}@yanapay", stamp=now.astimezone(UTC), start=start, end=end,
        summary=f"{kind}: {organisation.name}", description=f"{entry.text}\n{entry.case.number}",
        location=organisation.area.full_name if organisation.area else None,
        url=absolute(reverse("assistance:case", args=[entry.case.pk])),
    )  # fmt: skip


def _times(entry: Entry) -> tuple[date, date]:
    """A visit with an hour lasts two; everything else is of the whole day."""
    if entry.at is None:
        return entry.on, entry.on + timedelta(days=1)
    start = timezone.make_aware(datetime.combine(entry.on, entry.at)).astimezone(UTC)
    return start, start + LENGTH
