"""Words and colours of cases in templates."""

from datetime import date, timedelta

from django import template

register = template.Library()

TONES = {
    "open": "good", "paused": "wait", "abandoned": "bad", "refused": "bad", "closed": "info",
    "pending": "wait", "accepted": "good", "declined": "bad", "withdrawn": "",
}  # fmt: skip


@register.filter
def case_tone(state: str) -> str:
    """The colour of a state of a case or of an offer."""
    return TONES.get(state, "")


@register.filter
def due_tone(due: date, today: date) -> str:
    """Late, today, this week or later."""
    if due < today:
        return "late"
    return "today" if due == today else "soon" if due < today + timedelta(days=7) else "later"
