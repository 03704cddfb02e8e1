"""How plans and results read on a page."""

from decimal import Decimal

from django import template

from yanapay.assistance.choices import Payer
from yanapay.assistance.rules.results import Change
from yanapay.web.assistance.amounts import scaled as exact
from yanapay.web.templatetags.ui import number

register = template.Library()
TONES = {
    "draft": "neutral",
    "offered": "wait",
    "accepted": "good",
    "refused": "bad",
    "superseded": "neutral",
}


@register.filter
def scaled(value: int | None, digits: int) -> str:
    """A number kept in whole parts, written in the reader's way: 2500 with three digits is «2.5»."""
    return "" if value is None else number(exact(value, digits))


@register.filter
def plan_tone(state: str) -> str:
    return TONES.get(state, "neutral")


@register.filter
def payer(code: str) -> str:
    """Who pays, in words."""
    return str(dict(Payer.choices).get(code, code))


@register.filter
def difference(change: Change) -> str:
    """«+40»: the change with its sign."""
    return _signed(change.difference, scaled(abs(change.difference), 3))


@register.filter
def percentage(change: Change) -> str:
    """«+33.3 %»: the change per hundred of what it was, rounded to one decimal."""
    if change.percent is None:
        return ""
    share = Decimal(change.percent[0]) / change.percent[1]
    return f"{_signed(change.difference, number(abs(share), 1))}\N{NO-BREAK SPACE}%"


def _signed(value: int, text: str) -> str:
    return f"{'+' if value > 0 else chr(0x2212) if value < 0 else ''}{text}"
