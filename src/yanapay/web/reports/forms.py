"""What a report is asked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.web.directory.forms.fields import day


class PeriodForm(forms.Form):
    """A period and, for those who work in several, a centre."""

    start = day(label=_("From"))
    end = day(label=_("Until"))
    centre = forms.ModelChoiceField(
        Centre.objects.none(), label=_("Centre"), required=False, empty_label=_("All of mine")
    )

    def __init__(self, data: Any, *, scope: Scope, first: date | None) -> None:
        today = timezone.localdate()
        given = {
            "start": str(first or today.replace(month=1, day=1)),
            "end": str(today),
            **data.dict(),
        }
        super().__init__(given)
        centres = scope.centres_with("reports.view")
        found = Centre.objects.all() if centres is None else Centre.objects.filter(pk__in=centres)
        self.fields["centre"].queryset = found  # type: ignore[attr-defined]
        if len(found) < 2:
            del self.fields["centre"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("start") and cleaned.get("end") and cleaned["end"] < cleaned["start"]:
            self.add_error("end", _("The last day is before the first."))
        return cleaned
