"""Pages for the people of an organisation, mostly without signing in: a code, the page, the yearly answer."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from yanapay.audit.rules import Actor
from yanapay.directory.choices import ConsentPurpose
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.actions.claims import propose_as_owner
from yanapay.mapping.actions.confirmations import answer_confirmation
from yanapay.mapping.choices import Answer, EntryState, Source
from yanapay.mapping.models import Claim, Confirmation, Entry
from yanapay.mapping.queries.claims import claim_with, entries_of_account, valid_claims
from yanapay.mapping.queries.confirmations import asked_with
from yanapay.mapping.queries.entries import shown_by
from yanapay.web.acting import actor, attempt, say, show_form
from yanapay.web.http import Request
from yanapay.web.mapping.forms import AnswerForm, CodeForm, OwnerForm
from yanapay.web.mapping.words import Words, label

SALT = "mapping.claim"
ITS_PEOPLE = "people of the organisation"
ONE_DAY = 24 * 60 * 60
HIDDEN = ("macro_region", "point")


@login_not_required
@never_cache
def code(request: Request) -> HttpResponse:
    """The code of a letter opens the page of its organisation for a day."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim = claim_with(form.cleaned_data["code"], timezone.localdate())
        except RuleBroken as error:
            form.add_error("code", say(error.message))
        else:
            return redirect("mapping:claim_page", signing.dumps(claim.pk, salt=SALT))
    return show_form(request, "mapping/code.html", {"form": form})


@login_not_required
@never_cache
def claim_page(request: Request, key: str) -> HttpResponse:
    """What the page shows, to be corrected; what is sent waits for a reviewer."""
    claim = _claim(key)
    return _edit(request, claim.entry, _by(claim.entry), Source.OWNER, claim=claim)


@login_not_required
@never_cache
def confirm(request: Request, code: str) -> HttpResponse:
    """Is this still right? Three answers; «something changed» opens the page to be corrected."""
    asked = asked_with(code)
    if asked is None or asked.entry.state == EntryState.UNPUBLISHED:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["answer"]
        done = attempt(form, lambda: answer_confirmation(
            by=_by(asked.entry), confirmation=asked, answer=told, on=timezone.localdate()))  # fmt: skip
        if done:
            return redirect(
                "mapping:changed" if told == Answer.CHANGED else "mapping:confirm", code
            )
    context = {"entry": asked.entry, "asked": asked, "form": form, "rows": _shown(asked.entry)}
    return show_form(request, "mapping/confirm.html", context)


@login_not_required
@never_cache
def changed(request: Request, code: str) -> HttpResponse:
    """What changed, after the yearly question was answered so."""
    asked = asked_with(code)
    if asked is None or asked.answer != Answer.CHANGED or not _is_recent(asked):
        raise Http404
    return _edit(request, asked.entry, _by(asked.entry), Source.CONFIRMATION)


def own(request: Request, pk: int) -> HttpResponse:
    """The same for an entrepreneur with an account."""
    request.scope.require("own.view")
    entry = get_object_or_404(entries_of_account(request.user.pk), pk=pk)
    return _edit(request, entry, actor(request, entry.organisation), Source.OWNER)


def _edit(
    request: Request, entry: Entry, by: Actor, source: str, claim: Claim | None = None
) -> HttpResponse:
    shown = shown_by(entry)
    form = OwnerForm(request.POST or None, initial=shown)
    if entry.state == EntryState.PUBLISHED:
        del form.fields["consent_public"]
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        consents = [ConsentPurpose.PUBLIC.value] if told.pop("consent_public", False) else []
        sent = attempt(form, lambda: propose_as_owner(
            by=by, entry=entry, told=told, source=source, on=timezone.localdate(), consents=consents,
            claim=claim))  # fmt: skip
        if sent:
            return render(request, "mapping/thanks.html", {"entry": entry})
    context = {"entry": entry, "form": form, "is_external": entry.state == EntryState.EXTERNAL}
    return show_form(request, "mapping/owner.html", context)


def _claim(key: str) -> Claim:
    try:
        pk = signing.loads(key, salt=SALT, max_age=ONE_DAY)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(valid_claims(timezone.localdate()), pk=pk)


def _is_recent(asked: Confirmation) -> bool:
    """The link lets people correct the page for a month after their answer."""
    return bool(asked.answered_on and (timezone.localdate() - asked.answered_on).days <= 31)


def _by(entry: Entry) -> Actor:
    """Nobody signs in: the trail says that its own people spoke."""
    centre = entry.organisation.centre
    return Actor(None, ITS_PEOPLE, centre.pk, centre.name)


def _shown(entry: Entry) -> list[tuple[str, Any]]:
    shown = shown_by(entry)
    words = Words.over(shown.items())
    return [(label(f), words.say(f, v)) for f, v in shown.items() if f not in HIDDEN]
