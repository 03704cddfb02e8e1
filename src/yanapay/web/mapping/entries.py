"""The public entries for the office: what is shown, what changed since, taking down and showing again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanapay.mapping.actions.entries import republish, unpublish
from yanapay.mapping.choices import EntryState
from yanapay.mapping.models import Entry, Interview, Proposal
from yanapay.mapping.queries import entries as queries
from yanapay.mapping.queries.confirmations import to_follow_up, unanswered
from yanapay.mapping.queries.current import agreed_to_be_public
from yanapay.web.acting import actor, done
from yanapay.web.heads import Head, tabs_of
from yanapay.web.http import Request, page_of
from yanapay.web.mapping.pages import PER_PAGE, asked_for
from yanapay.web.mapping.words import Words, label, said


def index(request: Request) -> HttpResponse:
    """All entries of the user's centres, by state and name."""
    request.scope.require("surveys.review")
    states: list[tuple[str, Any]] = [
        *EntryState.choices,
        ("changed", _("With a change that waits")),
    ]
    state, text = asked_for(request, "state", dict(states)), request.GET.get("q", "").strip()
    page = page_of(request, queries.listed(request.scope, state, text), PER_PAGE)
    everything = reverse("mapping:entries")
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
        "entry": entry, "rows": [said(row, words) for row in rows if row.is_shown],
        "changed": sum(row.differs for row in rows), "versions": _versions(entry),
        "proposals": Proposal.objects.pending().filter(organisation=entry.organisation),
        "interviews": Interview.objects.filter(organisation=entry.organisation).order_by("-pk")[:5],
        "claims": entry.claims.order_by("-pk")[:3], "confirmations": entry.confirmations.order_by("-pk")[:5],
        "has_consent": agreed_to_be_public(entry.organisation), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "mapping/entry.html", context)


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
