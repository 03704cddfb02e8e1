"""An entrepreneur's own page: what is stored, who saw to it, how to have it corrected or erased."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from yanapay.audit.models import Event
from yanapay.directory.actions.privacy import ask_for_correction
from yanapay.directory.models import Person
from yanapay.directory.queries.privacy import ENCODER, only_owned_by, own_data
from yanapay.kernel.errors import NotFound
from yanapay.mapping.queries.claims import entries_of_account
from yanapay.web.acting import accepted, actor, show_form
from yanapay.web.directory.words import Told, personal_facts, told
from yanapay.web.http import Request


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What is wrong, and how should it be?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ErasureForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Anything you want to tell us"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def index(request: Request) -> HttpResponse:
    """Everything that is stored about the signed-in person."""
    entries = entries_of_account(request.user.pk)
    return render(request, "own/index.html", {**_context(own_person(request)), "entries": entries})


def printed(request: Request) -> HttpResponse:
    """The same on paper."""
    return render(request, "own/print.html", _context(own_person(request)))


def data(request: Request) -> HttpResponse:
    """The same for machines."""
    person = own_person(request)
    response = JsonResponse(
        own_data(person), encoder=ENCODER, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = 'attachment; filename="yanapay.json"'
    return response


def correct(request: Request) -> HttpResponse:
    """Say that something is wrong."""
    person = own_person(request)
    form = CorrectionForm(request.POST or None)
    if accepted(form, ask_for_correction, by=actor(request, person), person=person):
        messages.success(request, _("Your request was sent. You see the answer on this page."))
        return redirect("own:index")
    return show_form(request, "own/ask.html", {"form": form, "erasure": False})


def erase(request: Request) -> HttpResponse:
    """Ask that everything be erased."""
    person = own_person(request)
    form = ErasureForm(request.POST or None)
    by = actor(request, person)
    if accepted(form, ask_for_correction, by=by, person=person, asks_erasure=True):
        messages.success(request, _("Your request was sent. You see the answer on this page."))
        return redirect("own:index")
    return show_form(request, "own/ask.html", {"form": form, "erasure": True})


def own_person(request: Request) -> Person:
    """The person whose sign-in this is."""
    found = (
        Person.objects.filter(account__user=request.user, erased_at=None)
        .select_related("centre", "account__user")
        .first()
    )
    if found is None:
        raise NotFound("Nothing is stored about you under this sign-in.")
    return found


def _context(person: Person) -> dict[str, object]:
    events = Event.objects.about("person", person.pk).newest_first()[:100]
    return {
        "person": person,
        "facts": personal_facts(person),
        "roles": person.roles.select_related("organisation__area"),
        "owned": only_owned_by(person),
        "consents": person.consents.order_by("withdrawn_on", "-given_on"),
        "notes": person.notes.order_by("-created_at"),
        "files": person.files.order_by("-created_at"),
        "requests": person.correction_requests.order_by("-asked_at"),
        "events": [_in_own_words(told(event), person) for event in events],
    }


def _in_own_words(event: Told, person: Person) -> Told:
    """«You» for what the person did; the history itself keeps a number, not the name."""
    mine = event.who == person.account.user.signature
    return replace(event, who=_("you")) if mine else event
