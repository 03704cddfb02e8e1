"""The audit trail: read with filters, proven on demand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yanapay.accounts.choices import Permission
from yanapay.accounts.models import User
from yanapay.accounts.queries import find_users
from yanapay.audit.models import Event, PersonalValue
from yanapay.audit.queries import EventFilter, heads, matching, personal_values, verify
from yanapay.centres.models import Centre
from yanapay.centres.queries import centres_of
from yanapay.directory.models import Organisation, Person
from yanapay.kernel.keys import read_key
from yanapay.web.audit.fields import before_after, changes_in_words, field_word
from yanapay.web.audit.words import OBJECTS, actor_word, object_word, sentence
from yanapay.web.directory.words import facts
from yanapay.web.http import Request

PAGE = 50
WHAT = [(kind, name) for kind, name in OBJECTS.items() if kind != "batch"]  # "import" names both
RECORDS = {"organisation": Organisation, "person": Person}


class FilterForm(forms.Form):
    """What to look for; every field may stay empty."""

    centre = forms.ModelChoiceField(
        label=_("Centre"), queryset=Centre.objects.none(), required=False, empty_label=_("all")
    )
    actor = forms.CharField(label=_("Who"), required=False)
    object_type = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("everything")), *WHAT],
    )
    object_id = forms.CharField(label=_("Number"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


@dataclass(frozen=True)
class Line:
    """One event, ready to show."""

    event: Event
    actor: str
    title: str
    subject: str
    changes: list[tuple[str, str]]
    hidden: int


@require_safe
def event_list(request: Request) -> HttpResponse:
    """Events of the centres whose trail one may read, newest first."""
    request.scope.require(Permission.AUDIT_VIEW)
    form = FilterForm(request.GET or None)
    form.fields["centre"].queryset = centres_of(request.scope)  # type: ignore[attr-defined]
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    events = matching(_filter(request, asked))
    if before := request.GET.get("before"):
        if (number := read_key(before)) is None:
            raise BadRequest
        events = events.filter(pk__lt=number)
    found = list(events[: PAGE + 1])
    context = {
        "form": form,
        "lines": _lines(request, found[:PAGE]),
        "older": found[PAGE - 1].pk if len(found) > PAGE else None,
        "newer": bool(before),
    }
    return render(request, "audit/events.html", context)


@require_safe
def proof(request: Request) -> HttpResponse:
    """Recompute the chains one may read and say whether they hold."""
    request.scope.require(Permission.AUDIT_VIEW)
    centres = request.scope.centres_with(Permission.AUDIT_VIEW)
    last = {c: head for c, head in heads().items() if centres is None or c in centres}
    names = dict(centres_of(request.scope).values_list("pk", "name"))
    broken = [(names.get(found.chain, ""), found) for found in verify(centres)]
    chains = [(names.get(chain, ""), seq, digest) for chain, (seq, digest) in last.items()]
    context = {"broken": broken, "chains": chains, "count": sum(seq for _, seq, _ in chains)}
    return render(request, "audit/proof.html", context)


def _filter(request: Request, asked: dict[str, Any]) -> EventFilter:
    centre, until, actor = asked.get("centre"), asked.get("until"), asked.get("actor", "")
    bearers = find_users(User.objects.all(), actor) if actor else User.objects.none()
    return EventFilter(
        centres=request.scope.centres_with(Permission.AUDIT_VIEW),
        centre=centre.pk if centre else None,
        actor=actor,
        actor_ids=frozenset(bearers.values_list("pk", flat=True)),
        object_type=asked.get("object_type", ""),
        object_id=asked.get("object_id", ""),
        since=_midnight(asked.get("since")),
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def _midnight(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) if day else None


def _lines(request: Request, events: list[Event]) -> list[Line]:
    """Personal values only for those who may see people in the event's centre."""
    readable = [e for e in events if request.scope.may(Permission.PERSONS_VIEW, e.centre_id or 0)]
    kept = personal_values(readable)
    return [_line(event, kept.get(event.pk, [])) for event in events]


def _line(event: Event, personal: list[PersonalValue]) -> Line:
    told = [value for value in personal if value.before or value.after]
    if model := RECORDS.get(event.object_type):
        changes = facts(event, told, model)
    else:
        shown = [(field_word(v.field), before_after(v.before, v.after)) for v in told]
        changes = changes_in_words(event.changes, event.object_type) + shown
    subject = f"{object_word(event.object_type)} {event.object_id}"
    hidden = len(event.personal) - len(personal)
    title = sentence(event.action)
    return Line(event, actor_word(event.actor_name), title, subject, changes, hidden)
