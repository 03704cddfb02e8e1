"""Answers in words: what to call one, the colour of its review, what was done with it."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from yanapay.audit.models import Event
from yanapay.surveys.choices import Review
from yanapay.surveys.models import Submission
from yanapay.surveys.queries.answers import title_of
from yanapay.web.surveys.answers.events import EVENTS

register = template.Library()
_TONES = {Review.ISSUES: "wait", Review.APPROVED: "good", Review.REJECTED: "bad"}


@register.filter
def answer_title(answer: Submission) -> str:
    """The first thing that was answered in words, else its number."""
    return title_of(answer) or _("Answer {n}").format(n=answer.pk)


@register.filter
def review_tone(review: str) -> str:
    return _TONES.get(Review(review), "neutral")


@register.inclusion_tag("components/timeline_item.html")
def answer_event(event: Event) -> dict[str, Any]:
    """One event of the story, with the note that somebody wrote."""
    icon, title = EVENTS.get(event.action.removeprefix("surveys."), ("info-circle", event.action))
    states = event.changes.get("review", [])
    note = next((value.after for value in event.personal_values.all()), "")
    told = [str(Review(states[-1]).label)] if states else []
    text = ": ".join([*told, *([str(note)] if note else [])])
    return {"when": event.at, "title": title, "who": event.actor_name, "icon": icon, "text": text}
