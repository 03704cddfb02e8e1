"""What the pages of assistance share: opening a case, a page with one form, the way back."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yanapay.assistance.access import (
    can_assign_case,
    can_edit_case,
    can_move_case,
    can_note_work,
    can_settle_case,
    can_transfer_service,
)
from yanapay.assistance.models import Case, ServiceTransfer
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.queries.handover import open_transfer
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotAllowed
from yanapay.kernel.messages import Message
from yanapay.web.acting import show_form
from yanapay.web.http import Request

T = TypeVar("T", Case, ServiceTransfer)
REFUSED = Message(
    "You may not change this case. Ask the centre that keeps it, or see whether it has ended."
).template
COORDINATORS_ONLY = Message("Only whoever coordinates the centre does this.").template


def editable(request: Request, pk: int) -> Case:
    """The case, for a page of its staff."""
    return _allowed(request, open_case(request.scope, pk), can_edit_case)


def workable(request: Request, pk: int) -> Case:
    """The case, for a page on which its staff or its specialist note what was done."""
    return _allowed(request, open_case(request.scope, pk), can_note_work)


def movable(request: Request, pk: int) -> Case:
    """The case, for a page that takes it to another stage."""
    return _allowed(request, open_case(request.scope, pk), can_move_case)


def settleable(request: Request, pk: int) -> Case:
    """The case, for a page on which its staff note what may come after its end."""
    return _allowed(request, open_case(request.scope, pk), can_settle_case)


def assignable(request: Request, pk: int) -> Case:
    """The case, for a page of whoever assigns work."""
    return _allowed(request, open_case(request.scope, pk), can_assign_case, COORDINATORS_ONLY)


def transferable(request: Request, pk: int) -> ServiceTransfer:
    """The transfer of a service, for a page that takes it further."""
    transfer = open_transfer(request.scope, pk)
    return _allowed(request, transfer, can_transfer_service, COORDINATORS_ONLY)


def _allowed(
    request: Request, record: T, may: Callable[[Scope, T], bool], refused: str = REFUSED
) -> T:
    if not may(request.scope, record):
        raise NotAllowed(refused)
    return record


def form_page(
    request: Request, form: Any, *, title: str, case: Case, **context: Any
) -> HttpResponse:
    """A page with one form about a case; its template is ``assistance/form.html`` unless named."""
    template = context.pop("template", "assistance/form.html")
    return show_form(request, template, {"form": form, "title": title, "case": case, **context})


def back(request: Request, case: Case, said: str, part: str = "") -> HttpResponse:
    """To the case, with what was done."""
    messages.success(request, said)
    address = reverse("assistance:case", args=[case.pk])
    return redirect(f"{address}#{part}" if part else address)
