"""Words of the quality record in templates."""

from django import template

register = template.Library()


@register.filter
def finding_tone(state: str) -> str:
    """The colour of a finding's state."""
    return {"open": "bad", "acting": "wait", "closed": "good"}.get(state, "")
