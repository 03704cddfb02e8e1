"""Entries and rates of a centre."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.actions.centre import note_entry, set_rate, void_entry
from yanapay.assistance.models import CostRate
from yanapay.assistance.queries.costing import costed_centre, entries_of
from yanapay.centres.models import Centre
from yanapay.web.acting import accepted, attempt, show_form
from yanapay.web.assistance.centre.forms import EntryForm, RateForm, VoidForm
from yanapay.web.http import Request, page_of

PAGE = 50


def entries(request: Request, pk: int) -> HttpResponse:
    """Every cost and income that was noted, voided ones too."""
    centre = costed_centre(request.scope, pk)
    page = page_of(request, entries_of(centre), PAGE)
    return render(request, "assistance/centre/entries.html", {"centre": centre, "page": page})


def note(request: Request, pk: int) -> HttpResponse:
    """A cost or an income."""
    centre = costed_centre(request.scope, pk)
    start = {"on": timezone.localdate(), "case": request.GET.get("case", "")}
    form = EntryForm(request.POST or None, centre=centre, scope=request.scope, initial=start)
    by = request.scope.actor(centre.pk)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "currency"}
        if attempt(form, lambda: note_entry(by=by, centre=centre, **given)):
            messages.success(request, _("The entry is noted."))
            return redirect("assistance:entries", centre.pk)
    return _form(request, form, centre, title=_("Note a cost or an income"))


def void(request: Request, pk: int, entry: int) -> HttpResponse:
    """An entry that was wrong."""
    centre = costed_centre(request.scope, pk)
    found = get_object_or_404(entries_of(centre), pk=entry)
    form = VoidForm(request.POST or None)
    by, today = request.scope.actor(centre.pk), timezone.localdate()
    if accepted(form, void_entry, by=by, entry=found, on=today):
        messages.success(request, _("The entry no longer counts."))
        return redirect("assistance:entries", centre.pk)
    return _form(request, form, centre, title=_("Void an entry"), entry=found)


def rates(request: Request, pk: int) -> HttpResponse:
    """What hours and visits cost, by date; a new rate holds from its day on."""
    centre = costed_centre(request.scope, pk)
    form = RateForm(request.POST or None, centre=centre, initial={"since": timezone.localdate()})
    by = request.scope.actor(centre.pk)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "currency"}
        if attempt(form, lambda: set_rate(by=by, centre=centre, **given)):
            messages.success(request, _("The rate is kept."))
            return redirect("assistance:rates", centre.pk)
    found = CostRate.objects.filter(centre=centre)
    context = {"form": form, "centre": centre, "rates": found}
    return show_form(request, "assistance/centre/rates.html", context)


def _form(request: Request, form: Any, centre: Centre, **context: Any) -> HttpResponse:
    context |= {"form": form, "centre": centre}
    return show_form(request, "assistance/centre/form.html", context)
