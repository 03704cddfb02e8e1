"""What cuts the list of answers, what is said about them, and who gets a device."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from yanapay.accounts.models import User
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.surveys.choices import FormState, Review
from yanapay.surveys.models import Instrument, Submission
from yanapay.surveys.queries.answers import Filters, senders
from yanapay.surveys.queries.devices import possible_users

_ALL = pgettext_lazy("in a filter", "All")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AnswerFilter(forms.Form):
    """Everything is optional; what is not known cuts nothing."""

    form = forms.ChoiceField(label=_("Form"), required=False)
    version = forms.CharField(label=_("Version"), required=False, max_length=64)
    review = forms.ChoiceField(
        label=_("Review"), required=False, choices=[("", _ALL), *Review.choices]
    )
    user = forms.ChoiceField(label=_("Sent by"), required=False)
    since = forms.DateField(label=_("Since"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput)
    problem = forms.BooleanField(label=_("Only those that need attention"), required=False)

    def __init__(self, data: Any, scope: Scope) -> None:
        super().__init__(data)
        answered = Submission.objects.visible_to(scope).order_by().values("instrument").distinct()
        known = [(one.form_id, str(one)) for one in Instrument.objects.filter(pk__in=answered)]
        self.fields["form"].choices = [("", _ALL), *known]  # type: ignore[attr-defined]
        self.fields["user"].choices = [("", _ALL), *((n, n) for n in senders(scope))]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})


class ReviewForm(forms.Form):
    review = forms.ChoiceField(label=_("Review"), choices=Review)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when something is wrong: whoever asked the questions reads it."),
    )  # fmt: skip


class DeviceForm(forms.Form):
    label = forms.CharField(
        label=_("Name of the device"), max_length=100,
        help_text=_("As people call it: «María's phone»."),
    )  # fmt: skip
    user = forms.ModelChoiceField(
        User.objects.none(), label=_("In whose name it sends"),
        help_text=_("Each answer bears this name. Whoever holds the address sends as this person."),
    )  # fmt: skip
    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre of its answers"))
    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), label=_("Only this form"), required=False,
        empty_label=_("All forms of the centre"),
    )  # fmt: skip

    def __init__(self, data: Any, scope: Scope) -> None:
        super().__init__(data)
        held = scope.centres_with("surveys.manage")
        centres = Centre.objects.filter(is_active=True)
        centres = centres if held is None else centres.filter(pk__in=held)
        forms_here = Instrument.objects.visible_to(scope).exclude(state=FormState.CLOSED)
        self.fields["user"].queryset = possible_users(scope)  # type: ignore[attr-defined]
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]
        self.fields["instrument"].queryset = forms_here  # type: ignore[attr-defined]
        if centres.count() == 1:
            self.fields["centre"].initial = centres.get()
