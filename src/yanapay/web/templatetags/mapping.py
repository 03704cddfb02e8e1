"""Colours of states and names of those who acted, in templates of the mapping."""

from django import template

from yanapay.web.audit.words import actor_word
from yanapay.web.mapping.words import ENTRY_TONES, INTERVIEW_TONES

register = template.Library()
register.filter("actor", actor_word)


@register.filter
def interview_tone(state: str) -> str:
    return INTERVIEW_TONES.get(state, "")


@register.filter
def entry_tone(state: str) -> str:
    return ENTRY_TONES.get(state, "")
