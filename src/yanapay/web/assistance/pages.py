"""What the pages of assistance share: opening a case, a page with one form, the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from yanapay.assistance.access import can_assign_case, can_edit_case, can_note_work
from yanapay.assistance.models import Case
from yanapay.assistance.queries.cases import open_case
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import NotAllowed
from yanapay.kernel.messages import Message
from yanapay.web.http import Request

REFUSED = Message(
    "You may not change this case. Ask the centre that keeps it, or see whether it has ended."
).template


def editable(request: Request, pk: int) -> Case:
    """The case, for a page of its staff."""
    case = open_case(request.scope, pk)
    if not can_edit_case(request.scope, case):
        raise NotAllowed(REFUSED)
    return case


def workable(request: Request, pk: int) -> Case:
    """The case, for a page on which its staff or its specialist note what was done."""
    case = open_case(request.scope, pk)
    if not can_note_work(request.scope, case):
        raise NotAllowed(REFUSED)
    return case


def assignable(request: Request, pk: int) -> Case:
    """The case, for a page of whoever assigns work."""
    case = open_case(request.scope, pk)
    if not can_assign_case(request.scope, case):
        raise NotAllowed("Only whoever coordinates the centre does this.")
    return case


def actor(request: Request, case: Case) -> Actor:
    """The signature of the user in the centre of the case."""
    return request.scope.actor(case.centre_id)


def form_page(
    request: Request, form: Any, *, title: str, case: Case, **context: Any
) -> HttpResponse:
    """A page with one form about a case; its template is ``assistance/form.html`` unless named."""
    template = context.pop("template", "assistance/form.html")
    status = 422 if form.errors else 200
    return render(
        request, template, {"form": form, "title": title, "case": case, **context}, status=status
    )


def back(request: Request, case: Case, said: str, part: str = "") -> HttpResponse:
    """To the case, with what was done."""
    messages.success(request, said)
    address = reverse("assistance:case", args=[case.pk])
    return redirect(f"{address}#{part}" if part else address)
