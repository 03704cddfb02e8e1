"""Between a form and an action: what the rules refuse becomes a sentence beside its field."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.utils.translation import gettext

from yanapay.kernel.errors import EditConflict, RuleBroken
from yanapay.kernel.messages import Message

T = TypeVar("T")


def say(message: Message) -> str:
    """The sentence in the reader's language."""
    return message.render(gettext)


def attempt(form: forms.BaseForm, action: Callable[[], T]) -> T | None:
    """What the action returns; None when the rules refuse it, and then the form says why.

    An EditConflict passes through: the page shows both versions.
    """
    try:
        return action()
    except EditConflict:
        raise
    except RuleBroken as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, say(error.message))
        return None
