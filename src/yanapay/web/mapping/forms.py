"""The forms of interviews, entries and the people of an organisation."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.accounts.models import User
from yanapay.centres.rules import Scope
from yanapay.kernel.keys import read_key
from yanapay.mapping.choices import Answer
from yanapay.mapping.models import Interview
from yanapay.mapping.queries.interviews import interviewers, mapping_forms
from yanapay.mapping.rules.showing import EXACT
from yanapay.surveys.models import Instrument
from yanapay.web.directory.forms.fields import AreaField, PhoneField, centre_field, day

DECIMALS = (
    (1, _("About ten kilometres")), (2, _("About a kilometre")), (3, _("About a hundred metres")),
    (EXACT, _("Exact")),
)  # fmt: skip


def offered_decimals(agreed: int, posted: str = "") -> list[tuple[int, Any, bool]]:
    """(decimals, in words, is chosen) of what may be shown; as exact as agreed unless another was chosen."""
    chosen = chosen_decimals(posted) or agreed
    return [(n, words, n == min(chosen, agreed)) for n, words in DECIMALS if n <= agreed]


def chosen_decimals(posted: str) -> int | None:
    """What was chosen; None when nothing was, or nothing that there is."""
    number = read_key(posted)
    return number if number in dict(DECIMALS) else None


def form_field(scope: Scope) -> "forms.ModelChoiceField[Instrument]":
    """Which form is asked; hidden when there is only one."""
    found = mapping_forms(scope)
    only = list(found[:2])
    return forms.ModelChoiceField(
        found, label=_("Form"), empty_label=None, initial=only[0].pk if only else None,
        widget=forms.HiddenInput() if len(only) == 1 else forms.Select(),
    )  # fmt: skip


class NewInterviewForm(forms.Form):
    """Whom to visit: a name; when something like it is known already, the page asks which it is."""

    name = forms.CharField(label=_("Whom to interview"), max_length=300)
    area = AreaField(required=False)
    contact = forms.CharField(
        label=_("How to reach them"), max_length=300, required=False,
        help_text=_("A telephone, where to ask, when they are there. Only your team sees it."),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"] = form_field(scope)
        self.fields["centre"] = centre_field(scope, "surveys.review")


class PlanForm(forms.Form):
    """The form that a list of organisations is asked."""

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"] = form_field(scope)


class AssignForm(forms.Form):
    """Who goes, and until when."""

    def __init__(self, *args: Any, interview: Interview, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interviewer"] = forms.ModelChoiceField[User](
            interviewers(interview.centre, on), label=_("Interviewer"), empty_label=_("Choose…"),
            initial=interview.interviewer_id,
        )  # fmt: skip
        self.fields["due_on"] = day(
            label=_("Until"), required=False, initial=interview.due_on
        )  # fmt: skip


class SourceForm(forms.Form):
    """What published them, and when."""

    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("As it is cited: title, publisher, year.")
    )
    source_date = day(label=_("Published on"))


class TextsForm(forms.Form):
    """The texts that exist only for the public page."""

    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    aims = forms.CharField(
        label=_("Aims"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    products = forms.CharField(
        label=_("Products and services"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class OwnerForm(forms.Form):
    """What the people of an organisation may say of it on its page."""

    name = forms.CharField(label=_("Name"), max_length=300)
    acronym = forms.CharField(label=_("Acronym"), max_length=60, required=False)
    description = forms.CharField(
        label=_("What you do"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    products = forms.CharField(
        label=_("Products and services"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = PhoneField(label=_("Public phone"))
    email = forms.EmailField(label=_("Public e-mail"), required=False)
    website = forms.CharField(label=_("Website"), max_length=300, required=False)
    start_year = forms.IntegerField(
        label=_("Start year"), required=False, min_value=1500, max_value=2100
    )  # fmt: skip
    consent_public = forms.BooleanField(
        label=_("We agree that what is written here is shown in the public directory."),
        required=False,
    )


class CodeForm(forms.Form):
    """The code of a letter."""

    code = forms.CharField(
        label=_("Code of your letter"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("Twelve letters and digits, like ABCD-EFGH-JKMN."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Is this still right?"""

    answer = forms.ChoiceField(
        label=_("Is this still right?"), choices=Answer.choices, widget=forms.RadioSelect
    )
