"""What the pages of the roster share: opening an entry, a page with one form, the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yanapay.kernel.errors import NotAllowed
from yanapay.kernel.messages import Message
from yanapay.roster.access import can_edit_specialist, can_set_absence
from yanapay.roster.models import Specialist
from yanapay.roster.queries.specialists import open_specialist
from yanapay.web.acting import show_form
from yanapay.web.http import Request

REFUSED = Message(
    "You may not change this entry of the roster. Ask whoever keeps the roster of your centre."
).template


def editable(request: Request, pk: int) -> Specialist:
    """The entry, for a page of whoever keeps the roster."""
    specialist = open_specialist(request.scope, pk)
    if not can_edit_specialist(request.scope, specialist):
        raise NotAllowed(REFUSED)
    return specialist


def available(request: Request, pk: int) -> Specialist:
    """The entry, for a page on which days off are noted: also by the specialist."""
    specialist = open_specialist(request.scope, pk)
    if not can_set_absence(request.scope, specialist):
        raise NotAllowed(REFUSED)
    return specialist


def form_page(
    request: Request, form: Any, *, title: str, specialist: Specialist | None, **context: Any
) -> HttpResponse:
    """A page with one form; its template is ``roster/form.html`` unless named."""
    template = context.pop("template", "roster/form.html")
    shown = {"form": form, "title": title, "specialist": specialist, **context}
    return show_form(request, template, shown)


def back(request: Request, specialist: Specialist, said: str, part: str = "") -> HttpResponse:
    """To the entry, with what was done."""
    messages.success(request, said)
    address = reverse("roster:specialist", args=[specialist.pk])
    return redirect(f"{address}#{part}" if part else address)
