"""Between a page and an action: who signs; what the rules refuse becomes a sentence, beside its field."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext

from yanapay.audit.rules import Actor
from yanapay.kernel.errors import EditConflict, YanapayError
from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money
from yanapay.web.http import Request
from yanapay.web.templatetags.ui import money

T = TypeVar("T")


class Kept(Protocol):
    """A record that a centre keeps."""

    @property
    def centre_id(self) -> int | None: ...


def actor(request: Request, record: Kept) -> Actor:
    """The signature of the user in the centre that keeps the record."""
    return request.scope.actor(record.centre_id)


def say(message: Message) -> str:
    """The sentence in the reader's language, money and days as pages write them."""
    return message.render(gettext, _written)


def _written(value: object) -> object:
    if isinstance(value, Money):
        return money(value.amount_minor, value.currency)
    return date_format(value) if isinstance(value, date) else value


def attempt(form: forms.BaseForm, action: Callable[[], object]) -> bool:
    """Whether the rules let the action happen; if not, the form says why.

    An EditConflict passes through: the page shows both versions.
    """
    try:
        action()
    except EditConflict:
        raise
    except YanapayError as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, say(error.message))
        return False
    return True


def accepted(form: forms.BaseForm, action: Callable[..., object], **named: object) -> bool:
    """Whether the form is right and the action took place with what was typed and what is named.

    If not, the form says why (see :func:`attempt`).
    """
    return form.is_valid() and attempt(form, lambda: action(**named, **form.cleaned_data))


def made(form: forms.BaseForm, action: Callable[[], T]) -> T | None:
    """What the action returns; None when the rules refuse it, and then the form says why."""
    results: list[T] = []
    return results[0] if attempt(form, lambda: results.append(action())) else None


def show_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with the ``form`` of the context, its status for programs too.

    422 when it was refused; 409 when there are ``conflicts``: somebody saved meanwhile (see ``web.conflicts``).
    """
    status = HTTPStatus.UNPROCESSABLE_ENTITY if context["form"].errors else HTTPStatus.OK
    if context.get("conflicts") is not None:
        status = HTTPStatus.CONFLICT
    return render(request, template, context, status=status)


def done(request: Request, action: Callable[[], object], said: str = "") -> bool:
    """Whether the rules let the action of a button happen; the next page says so (``said``), or why not."""
    try:
        action()
    except YanapayError as error:
        messages.error(request, say(error.message))
        return False
    if said:
        messages.success(request, said)
    return True
