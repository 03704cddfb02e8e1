"""Every part of the look on one page, for those who change it. Exists in demo and test mode only."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As on the registry's certificate.")
    tax_id = forms.CharField(label="RUC", min_length=11, max_length=11, required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Choose…"), ("coop", "Cooperative"), ("assoc", "Association")]
    )
    founded = forms.DateField(
        label="Founded", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    sector = forms.ChoiceField(
        label="Sector",
        choices=[("a", "Agriculture"), ("c", "Food and drink")],
        widget=forms.RadioSelect,
    )
    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea)
    consent = forms.BooleanField(label="The owner agrees to the purposes above")


def show(request: HttpRequest) -> HttpResponse:
    """The gallery; 404 in production."""
    if settings.YANAPAY_MODE not in {"demo", "test"}:
        raise Http404
    sent = SampleForm({"name": "", "tax_id": "2055", "sector": "c", "notes": "Visited on Monday."})
    return render(request, "gallery.html", {**_samples(), "form": sent, "blank_form": SampleForm()})


def _samples() -> dict[str, object]:
    now = timezone.now()
    return {
        "facet": [
            {"label": "Cooperative", "url": "?kind=coop", "count": 1204, "checked": True},
            {
                "label": "Producers' association",
                "url": "?kind=assoc",
                "count": 862,
                "checked": False,
            },
            {"label": "Family enterprise", "url": "?kind=fam", "count": 12480, "checked": False},
        ],
        "chips": [{"label": "Cooperative", "url": "?"}, {"label": "Junín, Huancayo", "url": "?"}],
        "steps": [
            {"label": "File", "state": "done", "url": "?"},
            {"label": "Columns", "state": "done", "url": "?"},
            {"label": "Check", "state": "current", "url": ""},
            {"label": "Result", "state": "todo", "url": ""},
        ],
        "facts": [
            ("RUC", "20568844301"),
            ("Place", "Junín, Huancayo, El Tambo"),
            ("Workers", 12),
            ("Founded", None),
        ],
        "page": Paginator(range(351), 25).page(3),
        "moments": [now - timedelta(minutes=12), now - timedelta(days=2), now - timedelta(days=90)],
        "icons": ["home", "buildings", "users", "file-import", "copy", "share", "history", "route"],
        "amount": 123450,
    }
