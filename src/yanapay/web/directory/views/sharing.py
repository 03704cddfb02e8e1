"""Files shared between centres: ask, decide, end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.directory.access import can_share_organisation
from yanapay.directory.actions.sharing import answer_sharing, ask_for_sharing, end_share
from yanapay.directory.models import Organisation, SharingRequest
from yanapay.directory.queries.record import open_organisation
from yanapay.directory.queries.work import sharing_requests
from yanapay.kernel.errors import NotFound
from yanapay.web.acting import actor, attempt, show_form
from yanapay.web.directory.forms.details import AnswerForm, SharingForm
from yanapay.web.directory.pages import back
from yanapay.web.http import Request


def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for the file of an organisation that is only known to exist."""
    request.scope.require("directory.view")
    organisation = get_object_or_404(
        Organisation.objects.live().select_related("area", "centre"), pk=pk
    )
    if Organisation.objects.visible_to(request.scope).filter(pk=pk).exists():
        return redirect("directory:record", pk)
    form = SharingForm(request.POST or None, scope=request.scope)
    if form.is_valid() and attempt(
        form,
        lambda: ask_for_sharing(
            by=request.scope.actor(form.cleaned_data["centre"].pk),
            organisation=organisation,
            asked_by=request.user,
            **form.cleaned_data,
        ),
    ):
        messages.success(request, _("Your question was sent to the centre that holds the file."))
        return redirect("directory:sharing")
    context = {"form": form, "organisation": organisation}
    return show_form(request, "directory/ask_sharing.html", context)


def inbox(request: Request) -> HttpResponse:
    """What other centres ask of us, and what we asked of them."""
    request.scope.require("directory.view")
    rows = SharingRequest.objects.select_related(
        "organisation__area", "centre", "asked_by", "decided_by"
    )
    asked_here = rows.filter(centre__in=request.scope.centre_ids)
    context = {
        "waiting": sharing_requests(request.scope),
        "asked": asked_here.order_by("-asked_at")[:50],
        "form": AnswerForm(),
    }
    return render(request, "directory/sharing.html", context)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Grant or refuse."""
    asked = get_object_or_404(sharing_requests(request.scope), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: answer_sharing(
            by=actor(request, asked.organisation),
            request=asked,
            accept="accept" in request.POST,
            on=timezone.localdate(),
            decided_by=request.user,
            answer=form.cleaned_data["answer"],
        ),
    ):
        messages.success(request, _("The other centre sees your answer."))
    return redirect("directory:sharing")


@require_POST
def end(request: Request, pk: int, share: int) -> HttpResponse:
    """The other centre no longer opens the file."""
    organisation = open_organisation(request.scope, pk)
    if not can_share_organisation(request.scope, organisation):
        raise NotFound("There is no such share.")
    held = get_object_or_404(organisation.shares, pk=share, until=None)
    end_share(by=actor(request, organisation), share=held, on=timezone.localdate())
    return back(request, organisation, _("The file is no longer shared with them."))
