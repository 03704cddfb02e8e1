"""Choosing what the public directory shows: of one organisation, or what a source published of many."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from yanapay.directory.models import Organisation
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.listing import organisations
from yanapay.directory.queries.selecting import Selection
from yanapay.kernel.keys import read_key
from yanapay.mapping.actions.entries import list_external, publish_entry
from yanapay.mapping.models import Entry
from yanapay.mapping.queries import entries as queries
from yanapay.mapping.queries.current import agreed_to_be_public, exactness_of
from yanapay.web.acting import actor, attempt, made, show_form
from yanapay.web.http import Request
from yanapay.web.mapping.forms import SourceForm, TextsForm, chosen_decimals, offered_decimals
from yanapay.web.mapping.pages import MOST_AT_ONCE, publishable, reviewed
from yanapay.web.mapping.words import Words, said

TEXTS = ("description", "aims", "products")


def publish(request: Request, organisation: int) -> HttpResponse:
    """Choose what is shown, field by field, beside what is shown now."""
    about = publishable(request, organisation)
    entry = Entry.objects.filter(organisation=about).first()
    rows = queries.side_by_side(about, entry)
    texts = {row.field: row.offered for row in rows if row.field in TEXTS}
    form = TextsForm(request.POST or None, initial=texts)
    if form.is_valid() and (
        shown := made(form, lambda: _publish(request, about, rows, form.cleaned_data))
    ):
        told = _("«%(name)s» is shown in the public directory.") % {"name": shown.name}
        messages.success(request, told)
        return redirect("mapping:entry", shown.pk)
    words = Words.over((row.field, v) for row in rows for v in (row.shown, row.offered))
    ticked = set(request.POST.getlist("show")) if request.method == "POST" else None
    context = {
        "about": about, "entry": entry, "form": form, "has_consent": agreed_to_be_public(about),
        "rows": [_offered(row, words, entry, ticked) for row in rows if row.field not in TEXTS],
        "decimals": offered_decimals(exactness_of(about), request.POST.get("decimals", ""))
        if any(row.field == "point" for row in rows) else [],
    }  # fmt: skip
    return show_form(request, "mapping/publish.html", context)


def external(request: Request) -> HttpResponse:
    """List what a source published of the organisations of a filtered list, or of one (``organisation``)."""
    request.scope.require("surveys.review")
    found = _unlisted(request)
    total = found.count()
    form = SourceForm(request.POST or None)
    if form.is_valid():
        chosen = list(found[:MOST_AT_ONCE])
        if attempt(form, lambda: _list(request, chosen, form.cleaned_data)):
            told = ngettext(
                "%(n)s organisation listed.", "%(n)s organisations listed.", len(chosen)
            )
            messages.success(request, told % {"n": len(chosen)})
            return redirect("mapping:entries")
    context = {"form": form, "total": total, "some": found[:10], "too_many": total > MOST_AT_ONCE,
               "most": MOST_AT_ONCE}  # fmt: skip
    return show_form(request, "mapping/external.html", context)


def _unlisted(request: Request) -> Any:
    """Organisations of the list, of centres where the user publishes, that have no entry yet."""
    found = organisations(Selection(request.scope, Filters.read(request.GET)))
    if one := read_key(request.GET.get("organisation", "")):
        found = found.filter(pk=one)
    return reviewed(request, found).exclude(pk__in=Entry.objects.values("organisation"))


def _list(request: Request, chosen: list[Organisation], source: dict[str, Any]) -> None:
    for organisation in chosen:
        list_external(by=actor(request, organisation), organisation=organisation,
                      on=timezone.localdate(), **source)  # fmt: skip


def _publish(request: Request, about: Organisation, rows: Any, texts: dict[str, Any]) -> Entry:
    chosen = set(request.POST.getlist("show"))
    fields = {row.field: row.offered for row in rows if row.field in chosen}
    decimals = chosen_decimals(request.POST.get("decimals", ""))
    return publish_entry(by=actor(request, about), organisation=about, decimals=decimals,
                         fields={**fields, **texts}, on=timezone.localdate())  # fmt: skip


def _offered(
    row: queries.Shown, words: Words, entry: Entry | None, ticked: set[str] | None
) -> dict[str, Any]:
    """What is shown now stays ticked; of a new entry everything is."""
    is_ticked = row.field in ticked if ticked is not None else row.is_shown or entry is None
    return {**said(row, words), "ticked": is_ticked, "is_fixed": row.field in ("name", "kind")}
