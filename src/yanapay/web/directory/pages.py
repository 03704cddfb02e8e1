"""What the pages of the directory share: opening a record, a page with one form, the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from yanapay.directory.access import can_edit_organisation, can_edit_person, can_see_people
from yanapay.directory.models import Organisation, Person
from yanapay.directory.queries.record import open_organisation, open_person
from yanapay.kernel.errors import NotAllowed
from yanapay.kernel.messages import Message
from yanapay.web.acting import show_form
from yanapay.web.http import Request

REFUSED = Message("You may not change this record. Ask the centre that holds it.").template


def editable(request: Request, pk: int) -> Organisation:
    """The organisation, for a page that changes it."""
    organisation = open_organisation(request.scope, pk)
    if not can_edit_organisation(request.scope, organisation):
        raise NotAllowed(REFUSED)
    return organisation


def with_people(request: Request, pk: int) -> Organisation:
    """The organisation, for a page that changes who belongs to it."""
    organisation = editable(request, pk)
    if not can_see_people(request.scope, organisation):
        raise NotAllowed("You may not see people.")
    return organisation


def editable_person(request: Request, pk: int) -> Person:
    """The person, for a page that changes them."""
    person = open_person(request.scope, pk)
    if not can_edit_person(request.scope, person):
        raise NotAllowed(REFUSED)
    return person


def form_page(
    request: Request, form: Any, *, title: str, about: Any, **context: Any
) -> HttpResponse:
    """A page with one form. ``about`` is the record it belongs to (None when it makes one)."""
    template = context.pop("template", "directory/form.html")
    return show_form(request, template, {"form": form, "title": title, "about": about, **context})


def back(
    request: Request, record: Organisation | Person, said: str, part: str = ""
) -> HttpResponse:
    """To the record, with what was done."""
    messages.success(request, said)
    address = address_of(record)
    return redirect(f"{address}#{part}" if part else address)


def address_of(record: Organisation | Person) -> str:
    return f"/directory/{'people/' if isinstance(record, Person) else ''}{record.pk}/"
