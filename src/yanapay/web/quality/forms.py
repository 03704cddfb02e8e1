"""Forms of the quality record."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from yanapay.accounts.models import User
from yanapay.centres.rules import Scope
from yanapay.quality.choices import FindingKind
from yanapay.quality.models import Document
from yanapay.web.directory.forms.fields import centre_field, day


class FindingForm(forms.Form):
    """What was found."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FindingKind.choices)
    found_on = day(label=_("Found on"))
    description = forms.CharField(
        label=_("What was found"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What should have been, what was, and where it is seen."),
    )  # fmt: skip
    document = forms.CharField(
        label=_("Number of the document"), required=False, max_length=40,
        help_text=_("As in DIA-2026-0001, when it is about one."),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["centre"] = centre_field(scope, "assistance.edit")
        self.order_fields(["centre", "kind", "found_on", "description", "document"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        number = cleaned.get("document")
        cleaned["document"] = None
        if number:
            found = Document.objects.filter(centre=cleaned.get("centre"), number=number.strip())
            cleaned["document"] = found.first()
            if cleaned["document"] is None:
                self.add_error(
                    "document", gettext("This centre issued no document of this number.")
                )
        return cleaned


class CorrectionForm(forms.Form):
    """Cause, corrective action, who and until when."""

    cause = forms.CharField(
        label=_("What brought it about"), widget=forms.Textarea(attrs={"rows": 3})
    )
    correction = forms.CharField(
        label=_("Corrective action"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("So that it does not happen again."),
    )  # fmt: skip
    responsible = forms.ModelChoiceField(User.objects.none(), label=_("Responsible"))
    due_on = day(label=_("Until"))
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, users: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["responsible"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type
        field.queryset = users


class CloseForm(forms.Form):
    """The check that it worked."""

    on = day(label=_("Checked on"))
    verification = forms.CharField(
        label=_("How it was checked that it worked"), widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput())
