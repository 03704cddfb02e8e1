"""The transfer of a service: agreed, shared, handed over part by part, completed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.assistance.actions import handover as actions
from yanapay.assistance.models import ServiceTransfer, TransferComponent
from yanapay.assistance.queries.handover import open_transfer, shared_months, transfers
from yanapay.kernel.errors import EditConflict
from yanapay.web.acting import accepted, actor, made, say, show_form
from yanapay.web.assistance.centre.forms import (
    AcceptForm,
    ComponentForm,
    HandForm,
    PhaseForm,
    TransferForm,
)
from yanapay.web.assistance.pages import transferable
from yanapay.web.http import Request


def index(request: Request) -> HttpResponse:
    """Transfers of the centres that the user coordinates."""
    _require(request)
    return render(
        request, "assistance/centre/transfers.html", {"transfers": transfers(request.scope)}
    )


def new(request: Request) -> HttpResponse:
    """Agree on a transfer."""
    _require(request)
    form = TransferForm(
        request.POST or None, scope=request.scope, initial={"agreed_on": timezone.localdate()}
    )
    if form.is_valid() and (agreed := made(form, lambda: _agree(request, form))):
        messages.success(request, _("The transfer is agreed. Now say what is handed over."))
        return redirect("assistance:service_transfer", agreed.pk)
    return _form(request, form, title=_("Transfer a service"))


def show(request: Request, pk: int) -> HttpResponse:
    """Phase, checklist of components, and how the service does under shared management."""
    transfer = open_transfer(request.scope, pk)
    components = list(transfer.components.all())
    accepted = sum(1 for one in components if one.accepted_on)
    context = {
        "transfer": transfer, "components": components, "accepted": accepted,
        "months": shared_months(transfer, timezone.localdate()),
        "is_complete": transfer.completed_on is not None, "may_complete": accepted == len(components) > 0,
    }  # fmt: skip
    return render(request, "assistance/centre/transfer.html", context)


def share(request: Request, pk: int) -> HttpResponse:
    """The shared management begins."""
    return _phase(request, pk, actions.share_management, _("Begin the shared management"),
                  _("Both institutions run the service together now."))  # fmt: skip


def complete(request: Request, pk: int) -> HttpResponse:
    """The new institution runs the service alone."""
    return _phase(request, pk, actions.complete_transfer, _("Complete the transfer"),
                  _("The transfer is completed: the centre belongs to the new institution."))  # fmt: skip


def describe(request: Request, pk: int, component: int | None = None) -> HttpResponse:
    """Say what exactly is handed over."""
    transfer = transferable(request, pk)
    found = get_object_or_404(transfer.components, pk=component) if component else None
    start = {"kind": found.kind, "description": found.description} if found else {}
    form = ComponentForm(request.POST or None, initial=start)
    by = actor(request, transfer)
    if accepted(form, actions.describe_component, by=by, transfer=transfer, component=found):
        return _back(request, transfer, _("The component is described."))
    return _form(request, form, transfer, title=_("What is handed over"))


def hand(request: Request, pk: int, component: int) -> HttpResponse:
    """The holder hands a component over."""
    return _step(request, pk, component, HandForm, actions.hand_component, _("Hand over"),
                 _("The component is handed over."))  # fmt: skip


def accept(request: Request, pk: int, component: int) -> HttpResponse:
    """The receiving institution accepts it."""
    return _step(request, pk, component, AcceptForm, actions.accept_component, _("Accept"),
                 _("The component is accepted."))  # fmt: skip


@require_POST
def drop(request: Request, pk: int, component: int) -> HttpResponse:
    """Take a component off the list that will not be handed over."""
    transfer = transferable(request, pk)
    found = get_object_or_404(transfer.components, pk=component)
    actions.drop_component(by=actor(request, transfer), component=found)
    return _back(request, transfer, _("The component is off the list."))


def _phase(
    request: Request, pk: int, action: Callable[..., object], title: str, said: str
) -> HttpResponse:
    transfer = transferable(request, pk)
    start = {"on": timezone.localdate(), "version": transfer.version}
    form = PhaseForm(request.POST or None, initial=start)
    by = actor(request, transfer)
    try:
        if accepted(form, action, by=by, transfer=transfer):
            return _back(request, transfer, said)
    except EditConflict as error:
        form.add_error(None, say(error.message))
        form.data = {**request.POST.dict(), "version": str(transfer.version)}
    return _form(request, form, transfer, title=title)


def _step(  # noqa: PLR0913  one page for two steps
    request: Request, pk: int, component: int, kind: type[Any], action: Callable[..., object],
    title: str, said: str,
) -> HttpResponse:  # fmt: skip
    transfer = transferable(request, pk)
    found: TransferComponent = get_object_or_404(transfer.components, pk=component)
    form = kind(request.POST or None, initial={"on": timezone.localdate()})
    by = actor(request, transfer)
    if accepted(form, action, by=by, component=found):
        return _back(request, transfer, said)
    return _form(
        request,
        form,
        transfer,
        title=title,
        lead=f"{found.get_kind_display()}: {found.description}",
    )


def _require(request: Request) -> None:
    if not request.scope.may("centres.manage"):
        request.scope.require("assistance.assign")


def _agree(request: Request, form: TransferForm) -> ServiceTransfer:
    given = form.cleaned_data
    return actions.agree_transfer(by=request.scope.actor(given["centre"].pk), **given)


def _back(request: Request, transfer: ServiceTransfer, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("assistance:service_transfer", transfer.pk)


def _form(
    request: Request, form: Any, transfer: ServiceTransfer | None = None, **context: Any
) -> HttpResponse:
    context |= {"form": form, "transfer": transfer}
    return show_form(request, "assistance/centre/form.html", context)
