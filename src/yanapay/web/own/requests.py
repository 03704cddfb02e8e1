"""Staff answer what people ask about their data."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from yanapay.directory.access import can_erase_person
from yanapay.directory.actions.privacy import answer_correction, erase_person
from yanapay.directory.models import CorrectionRequest, Person
from yanapay.directory.queries.privacy import erasure_summary
from yanapay.directory.queries.record import open_person
from yanapay.directory.queries.work import privacy_requests
from yanapay.kernel.errors import NotFound
from yanapay.web.acting import accepted, actor, show_form
from yanapay.web.directory.forms.details import AnswerForm
from yanapay.web.directory.forms.organisations import ReasonForm
from yanapay.web.http import Request


class ErasureForm(ReasonForm):
    """The reason, and a tick so that nobody erases by a slip."""

    sure = forms.BooleanField(label=gettext_lazy("I understand that this cannot be undone"))


def queue(request: Request) -> HttpResponse:
    """Open requests, and those answered lately."""
    request.scope.require("data.erase")
    centres = request.scope.centres_with("data.erase")
    answered = CorrectionRequest.objects.exclude(state="pending").select_related(
        "person", "decided_by"
    )
    if centres is not None:
        answered = answered.filter(person__centre__in=centres)
    context = {
        "waiting": privacy_requests(request.scope).order_by("asked_at"),
        "answered": answered.order_by("-decided_at")[:20],
    }
    return render(request, "own/requests.html", context)


def answer(request: Request, pk: int) -> HttpResponse:
    """Say what was done, or why not."""
    asked = get_object_or_404(privacy_requests(request.scope), pk=pk)
    form = AnswerForm(request.POST or None)
    by, is_done = actor(request, asked.person), "accept" in request.POST
    if accepted(
        form, answer_correction, by=by, request=asked, accept=is_done, decided_by=request.user
    ):
        messages.success(request, _("The person sees your answer on their page."))
        return redirect("own:requests")
    return show_form(request, "own/answer.html", {"form": form, "asked": asked})


def erase(request: Request, pk: int) -> HttpResponse:
    """Erase a person, after a summary of what goes and what stays."""
    person = _erasable(request, pk)
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        by = actor(request, person)
        erase_person(by=by, person=person, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("The personal data are erased. Counts and roles stay without a name.")
        )
        return redirect("own:requests")
    context = {"form": form, "person": person, "goes": erasure_summary(person)}
    return show_form(request, "own/erase.html", context)


def _erasable(request: Request, pk: int) -> Person:
    person = open_person(request.scope, pk)
    if not can_erase_person(request.scope, person):
        raise NotFound("There is no such person.")
    return person
