"""Words and addresses of the directory's records in templates."""

from typing import Any

from django import forms, template
from django.urls import reverse
from django.utils.translation import get_language

from yanapay.directory.models import Person
from yanapay.directory.rules.values import grouped_phone
from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money
from yanapay.kernel.sizes.naming import Naming, naming_of
from yanapay.kernel.sizes.schemes import Bounds, Scheme
from yanapay.places.models import ActivityCode
from yanapay.web.acting import say as render_message
from yanapay.web.templatetags.ui import money

register = template.Library()


@register.filter
def say(message: Message) -> str:
    """A sentence of the rules in the reader's language."""
    return render_message(message)


@register.filter
def naming(scheme: Scheme) -> Naming:
    """What a scheme is called, where it holds and which gaps it leaves."""
    return naming_of(scheme, get_language() or "es")


@register.filter
def address(record: Any) -> str:
    """The page of an organisation or a person."""
    name = "directory:person" if isinstance(record, Person) else "directory:record"
    return reverse(name, args=[record.pk])


@register.filter
def section(form: Any, name: str) -> list[forms.BoundField]:
    """The fields of one group of a long form."""
    fields: list[forms.BoundField] = form.section(name)
    return fields


@register.filter
def amount(value: Money) -> str:
    """Money with its sign and the reader's grouping."""
    return money(value.amount_minor, value.currency)


@register.filter
def state_tone(status: str) -> str:
    """The colour of a state."""
    return {
        "active": "good", "paused": "wait", "pending": "wait", "accepted": "good", "refused": "bad",
        "staged": "wait", "queued": "info", "loading": "info", "published": "good", "failed": "bad",
        "class": "good", "several": "wait", "none": "bad",
    }.get(status, "")  # fmt: skip


@register.filter
def activity_label(activity: ActivityCode) -> str:
    """What the code stands for, in the reader's language."""
    return activity.label(get_language() or "es")


@register.filter
def web_address(text: str) -> str:
    """What people write as a website, as a link that can only lead to the web."""
    return text if text.startswith(("http://", "https://")) else f"http://{text}"


@register.filter
def phone(number: str) -> str:
    """A telephone number in groups of digits."""
    return grouped_phone(number)


@register.filter
def bounds(limits: Bounds) -> str:
    """«11 to 50», «≤ 10», «≥ 501»; a dash where the scheme does not look at it."""
    if limits.low is None and limits.high is None:
        return "—"
    if limits.low is None:
        return f"≤ {limits.high}"
    return f"≥ {limits.low}" if limits.high is None else f"{limits.low} \N{EN DASH} {limits.high}"


@register.filter
def entry(values: dict[str, Any], name: str) -> Any:
    """A value of a mapping by its key; None when it has none."""
    return values.get(name)
