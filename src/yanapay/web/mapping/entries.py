"""The public entries for the office: what is shown, what changed since, taking down, codes and answers."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from yanapay.directory.models import Organisation
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.record import open_organisation
from yanapay.directory.queries.selecting import Selection
from yanapay.kernel.errors import NotAllowed, YanapayError
from yanapay.kernel.keys import read_key
from yanapay.mapping.access import can_publish
from yanapay.mapping.actions.claims import issue_claim
from yanapay.mapping.actions.entries import list_external, publish_entry, republish, unpublish
from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Confirmation, Entry, Interview, Proposal
from yanapay.mapping.queries import entries as queries
from yanapay.mapping.queries.confirmations import code_of, to_follow_up, unanswered
from yanapay.mapping.queries.current import agreed_to_be_public, exactness_of
from yanapay.web.acting import actor, attempt, done, say
from yanapay.web.assistance.cases.contact import international
from yanapay.web.heads import Head, tabs_of
from yanapay.web.http import Request
from yanapay.web.mapping.forms import SourceForm, TextsForm, chosen_decimals, offered_decimals
from yanapay.web.mapping.words import Words, label

PER_PAGE = 50
MOST_AT_ONCE = 200
TEXTS = ("description", "aims", "products")


def index(request: Request) -> HttpResponse:
    """All entries of the user's centres, by state and name."""
    request.scope.require("surveys.review")
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    state = state if state in (*EntryState.values, "changed") else ""
    found = queries.listed(request.scope, state, text)
    page, everything = (
        Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        reverse("mapping:entries"),
    )
    states: list[tuple[str, Any]] = [
        *EntryState.choices,
        ("changed", _("With a change that waits")),
    ]
    head = Head(
        everything, page.paginator.count, bool(state or text), text=text, tabs_label=_("State"),
        tabs=tabs_of(everything, "state", state, states), kept={"state": state} if state else {},
    )  # fmt: skip
    context = {
        "page": page, "head": head,
        "to_follow_up": to_follow_up(request.scope).count(), "unanswered": unanswered(request.scope).count(),
    }  # fmt: skip
    return render(request, "mapping/entries.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """One entry: what is shown beside the record, its versions, its letters and its answers."""
    entry = queries.open_entry(request.scope, pk)
    rows = queries.side_by_side(entry.organisation, entry)
    words = Words.over((row.field, v) for row in rows for v in (row.shown, row.offered))
    context = {
        "entry": entry, "rows": [_said(row, words) for row in rows if row.is_shown],
        "changed": sum(row.differs for row in rows), "versions": _versions(entry),
        "proposals": Proposal.objects.pending().filter(organisation=entry.organisation),
        "interviews": Interview.objects.filter(organisation=entry.organisation).order_by("-pk")[:5],
        "claims": entry.claims.order_by("-pk")[:3], "confirmations": entry.confirmations.order_by("-pk")[:5],
        "has_consent": agreed_to_be_public(entry.organisation), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "mapping/entry.html", context)


def publish(request: Request, organisation: int) -> HttpResponse:
    """Choose what is shown, field by field, beside what is shown now."""
    about = _publishable(request, organisation)
    entry = Entry.objects.filter(organisation=about).first()
    rows = queries.side_by_side(about, entry)
    texts = {row.field: row.offered for row in rows if row.field in TEXTS}
    form = TextsForm(request.POST or None, initial=texts)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = _publish(request, about, rows, form.cleaned_data)
            messages.success(
                request, _("«%(name)s» is shown in the public directory.") % {"name": made.name}
            )
            return redirect("mapping:entry", made.pk)
        except YanapayError as error:
            messages.error(request, say(error.message))
            status = 422
    words = Words.over((row.field, v) for row in rows for v in (row.shown, row.offered))
    ticked = set(request.POST.getlist("show")) if request.method == "POST" else None
    context = {
        "about": about, "entry": entry, "form": form, "has_consent": agreed_to_be_public(about),
        "rows": [_offered(row, words, entry, ticked) for row in rows if row.field not in TEXTS],
        "decimals": offered_decimals(exactness_of(about), request.POST.get("decimals", ""))
        if any(row.field == "point" for row in rows) else [],
    }  # fmt: skip
    return render(request, "mapping/publish.html", context, status=status)


def external(request: Request) -> HttpResponse:
    """List what a source published of the organisations of a filtered list, or of one (``organisation``)."""
    request.scope.require("surveys.review")
    found = _unlisted(request)
    total = found.count()
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = list(found[:MOST_AT_ONCE])
        if attempt(form, lambda: _list(request, chosen, form.cleaned_data)):
            said = ngettext(
                "%(n)s organisation listed.", "%(n)s organisations listed.", len(chosen)
            )
            messages.success(request, said % {"n": len(chosen)})
            return redirect("mapping:entries")
    context = {"form": form, "total": total, "some": found[:10], "too_many": total > MOST_AT_ONCE,
               "most": MOST_AT_ONCE}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "mapping/external.html", context, status=status)


@require_POST
def hide(request: Request, pk: int) -> HttpResponse:
    """Off the public site, with the reason."""
    entry = queries.open_entry(request.scope, pk)
    by, reason = actor(request, entry.organisation), request.POST.get("reason", "")
    done(request, lambda: unpublish(by=by, entry=entry, reason=reason))
    return redirect("mapping:entry", pk)


@require_POST
def reveal(request: Request, pk: int) -> HttpResponse:
    """Show again what was shown last."""
    entry = queries.open_entry(request.scope, pk)
    by, on = actor(request, entry.organisation), timezone.localdate()
    done(request, lambda: republish(by=by, entry=entry, on=on))
    return redirect("mapping:entry", pk)


@require_POST
def letter(request: Request, pk: int) -> HttpResponse:
    """A new code as a letter to print; the code is shown this once."""
    entry = queries.open_entry(request.scope, pk)
    try:
        claim, code = issue_claim(
            by=actor(request, entry.organisation), entry=entry, on=timezone.localdate()
        )
    except YanapayError as error:
        messages.error(request, say(error.message))
        return redirect("mapping:entry", pk)
    address = request.build_absolute_uri(reverse("mapping:claim"))
    context = {"entry": entry, "claim": claim, "code": code, "address": address}
    response = render(request, "mapping/letter.html", context)
    response["Cache-Control"] = "no-store"
    return response


def confirmations(request: Request) -> HttpResponse:
    """The yearly questions to send, and the answers that say a page is wrong."""
    request.scope.require("surveys.review")
    page = Paginator(unanswered(request.scope), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "questions": [_question(request, one) for one in page],
        "answers": to_follow_up(request.scope)[:PER_PAGE],
    }
    return render(request, "mapping/confirmations.html", context)


def _unlisted(request: Request) -> Any:
    """Organisations of the list, of centres where the user publishes, that have no entry yet."""
    found = organisations(Selection(request.scope, Filters.read(request.GET)))
    if one := read_key(request.GET.get("organisation", "")):
        found = found.filter(pk=one)
    centres = request.scope.centres_with("surveys.review")
    found = found if centres is None else found.filter(centre__in=centres)
    return found.exclude(pk__in=Entry.objects.values("organisation"))


def _list(request: Request, chosen: list[Organisation], source: dict[str, Any]) -> None:
    for organisation in chosen:
        list_external(by=actor(request, organisation), organisation=organisation,
                      on=timezone.localdate(), **source)  # fmt: skip


def _publishable(request: Request, organisation: int) -> Organisation:
    about = open_organisation(request.scope, organisation)
    if not can_publish(request.scope, about):
        raise NotAllowed("You may not publish entries of this centre.")
    return about


def _publish(request: Request, about: Organisation, rows: Any, texts: dict[str, Any]) -> Entry:
    chosen = set(request.POST.getlist("show"))
    fields = {row.field: row.offered for row in rows if row.field in chosen}
    decimals = chosen_decimals(request.POST.get("decimals", ""))
    return publish_entry(by=actor(request, about), organisation=about, decimals=decimals,
                         fields={**fields, **texts}, on=timezone.localdate())  # fmt: skip


def _said(row: queries.Shown, words: Words) -> dict[str, Any]:
    return {
        "field": row.field, "label": label(row.field), "shown": words.say(row.field, row.shown),
        "offered": words.say(row.field, row.offered), "differs": row.differs,
    }  # fmt: skip


def _offered(
    row: queries.Shown, words: Words, entry: Entry | None, ticked: set[str] | None
) -> dict[str, Any]:
    """What is shown now stays ticked; of a new entry everything is."""
    is_ticked = row.field in ticked if ticked is not None else row.is_shown or entry is None
    return {**_said(row, words), "ticked": is_ticked, "is_fixed": row.field in ("name", "kind")}


def _versions(entry: Entry) -> list[dict[str, Any]]:
    found = queries.versions_of(entry)
    words = Words.over((f, v) for _, changes in found for f, *both in changes for v in both)
    return [
        {
            "version": version, "state": version.get_state_display(),
            "changes": [(label(f), words.say(f, old) or "—", words.say(f, new) or "—")
                        for f, old, new in changes],
        }
        for version, changes in found
    ]  # fmt: skip


def _question(request: Request, asked: Confirmation) -> dict[str, Any]:
    """Links with a prepared text: by message to the telephone, by e-mail."""
    about = asked.entry.organisation
    link = request.build_absolute_uri(reverse("mapping:confirm", args=[code_of(asked)]))
    text = _("Good day. This is what the public directory shows of «%(name)s». Is it still right? %(link)s") % {
        "name": asked.entry.name, "link": link}  # fmt: skip
    number = international(about.private_phone or about.phone, about.country)
    address = about.private_email or about.email
    subject = quote(asked.entry.name)
    return {
        "asked": asked, "link": link,
        "message_url": f"https://wa.me/{number}?text={quote(text)}" if number else "",
        "mail_url": f"mailto:{quote(address)}?subject={subject}&body={quote(text)}" if address else "",
    }  # fmt: skip
