"""Quick entry: the clock runs, past answers stand beside the question, one key saves."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.assistance.actions.consultations import register_consultation
from yanapay.assistance.choices import Outcome
from yanapay.assistance.models import Consultation
from yanapay.assistance.queries.knowledge import PastAnswer, past_answers
from yanapay.assistance.rules.consultations import LONGEST
from yanapay.kernel.keys import read_key
from yanapay.web.acting import made, show_form
from yanapay.web.assistance.consultations.clock import began, begun, times
from yanapay.web.assistance.consultations.forms import EntryForm
from yanapay.web.http import Request

HELPERS = ("search", "use")  # buttons that do not save: what was typed comes back


def new(request: Request) -> HttpResponse:
    """A new consultation. "Search" and "use this answer" bring the page back with what was typed."""
    request.scope.require("assistance.edit")
    if request.method != "POST":
        return _page(request, EntryForm(scope=request.scope, initial=_start(request)))
    if not set(HELPERS).isdisjoint(request.POST):
        return _page(
            request,
            EntryForm(scope=request.scope, initial=typed_so_far(request, EntryForm.base_fields)),
        )
    form = EntryForm(request.POST, scope=request.scope)
    if form.is_valid() and (done := made(form, lambda: _register(request, form))):
        messages.success(request, _("%(number)s is registered.") % {"number": done.number})
        return redirect(
            "assistance:consultation_case" if form.becomes_case else "assistance:consultation",
            done.pk,
        )
    return _page(request, form)


@require_POST
def suggest(request: Request) -> HttpResponse:
    """Past answers to the question being typed: a fragment. Sent by POST, so that no log keeps the question."""
    request.scope.require("assistance.edit")
    found = _answers(request, request.POST.get("question", ""), request.POST.get("topic", ""))
    return render(
        request, "assistance/consultations/answers.html", {"answers": found, "asked": True}
    )


def _page(request: Request, form: EntryForm) -> HttpResponse:
    question, topic = (str(form[name].value() or "") for name in ("question", "topic"))
    asked = request.method == "POST"
    context = {
        "form": form,
        "asked": asked,
        "answers": _answers(request, question, topic) if asked else [],
        "started": began(str(form["started"].value())) or timezone.now(),
        "longest": LONGEST,
    }
    return show_form(request, "assistance/consultations/new.html", context)


def _start(request: Request) -> dict[str, Any]:
    """The clock begins; a link may name topic, channel and who asks."""
    named = {
        name: request.GET[name]
        for name in ("topic", "channel", "organisation", "person")
        if name in request.GET
    }
    return {**named, "started": begun(timezone.now())}


def typed_so_far(request: Request, names: Iterable[str]) -> dict[str, Any]:
    """What stands in the form, with the answer that was chosen."""
    typed: dict[str, Any] = {
        name: request.POST.get(f"{name}-choice") or request.POST.get(name, "")
        for name in (*names, "centre")
    }
    key = read_key(request.POST.get("use", ""))
    chosen = Consultation.objects.visible_to(request.scope).filter(pk=key).first() if key else None
    if chosen:
        typed |= {"answer": chosen.answer, "material": chosen.material, "based_on": chosen.pk}
    return typed


def _answers(request: Request, question: str, topic: str) -> list[PastAnswer]:
    return past_answers(request.scope, question[:1000], topic)


def _register(request: Request, form: EntryForm) -> Consultation:
    given, fields = form.cleaned_data, form.values
    asked_at, fields["minutes"] = times(given["started"], given["minutes"], timezone.now())
    if form.becomes_case:
        fields["outcome"] = Outcome.PENDING
    return register_consultation(
        by=request.scope.actor(given["centre"].pk), centre=given["centre"], asked_at=asked_at,
        fields=fields, answered_by=request.user, wish=given["wish"],
    )  # fmt: skip
