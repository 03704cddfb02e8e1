"""Money of a centre, and the parts of a service that is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import COSTS, OWN_INCOME, Component, EntryKind
from yanapay.assistance.models import Case
from yanapay.centres.models import Centre, Institution
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money
from yanapay.web.acting import say
from yanapay.web.directory.forms.fields import CURRENCIES, ChoosyField, day

KINDS = [
    (_("Costs"), [(k.value, k.label) for k in EntryKind if k in COSTS]),
    (_("Own income"), [(k.value, k.label) for k in EntryKind if k in OWN_INCOME]),
    (_("Subsidies"), [(k.value, k.label) for k in EntryKind if k not in COSTS | OWN_INCOME]),
]


class CaseField(ChoosyField):
    """A case of the centre by its number."""

    unknown = _("There is no case of this number in the centre.")
    centre: Centre
    scope: Scope

    def candidates(self, text: str) -> list[Case]:
        own = Case.objects.visible_to(self.scope).filter(centre=self.centre)
        return list(own.filter(number__iexact=text.strip())[:2])


class AmountForm(forms.Form):
    """Amounts as people type them, in one currency; ``money`` turns the fields named into Money."""

    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centre = centre
        self.fields["currency"].initial = centre.currency
        codes = dict(CURRENCIES) | {centre.currency: centre.currency}
        self.fields["currency"].choices = list(codes.items())  # type: ignore[attr-defined]

    def money(self, name: str) -> Money | None:
        """Read one field; what is no amount is said beside it."""
        text = self.cleaned_data.get(name)
        if not text or "currency" not in self.cleaned_data:
            return None
        try:
            return Money.parse(text, self.cleaned_data["currency"])
        except RuleBroken as error:
            self.add_error(name, say(error.message))
            return None


class EntryForm(AmountForm):
    """A cost or an income."""

    on = day(label=_("Date"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose…")), *KINDS])
    amount = forms.CharField(
        label=_("Amount"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    case = CaseField(
        label=_("Case"), required=False, help_text=_("Its number, when it is a cost of one case.")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    field_order = ("on", "kind", "amount", "currency", "case", "note")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].centre = self.centre  # type: ignore[attr-defined]
        self.fields["case"].scope = scope  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        return {**given, "amount": self.money("amount")}


class RateForm(AmountForm):
    """What an hour and a visit cost from a day on."""

    since = day(label=_("Since"))
    staff_hour = forms.CharField(
        label=_("An hour of staff"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    visit_travel = forms.CharField(
        label=_("Travel per visit"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    overhead_percent = forms.IntegerField(
        label=_("Overhead (%)"), min_value=0, max_value=200, initial=0
    )
    field_order = ("since", "staff_hour", "visit_travel", "overhead_percent", "currency")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        amounts = {name: self.money(name) for name in ("staff_hour", "visit_travel")}
        return {**given, **amounts}


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Why it does not count"), max_length=300)


class TransferForm(forms.Form):
    """From whom the service passes is known: the institution of the centre."""

    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre"))
    target = forms.ModelChoiceField(
        Institution.objects.all(), label=_("Receiving institution"),
        help_text=_("Not in the list? An administrator adds it under Centres."),
    )  # fmt: skip
    agreed_on = day(label=_("Agreed on"))
    terms = forms.CharField(
        label=_("Terms"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = None if scope.may("centres.manage") else scope.centres_with("assistance.assign")
        centres = Centre.objects.filter(is_active=True)
        own = centres if held is None else centres.filter(pk__in=held)
        self.fields["centre"].queryset = own  # type: ignore[attr-defined]


class ComponentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Component.choices)
    description = forms.CharField(
        label=_("What exactly"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandForm(forms.Form):
    on = day(label=_("Handed over on"))
    remarks = forms.CharField(label=_("Remarks"), max_length=300, required=False)


class AcceptForm(forms.Form):
    on = day(label=_("Accepted on"))
    accepted_by_name = forms.CharField(label=_("Who accepts it"), max_length=150)
    remarks = forms.CharField(label=_("Remarks"), max_length=300, required=False)


class PhaseForm(forms.Form):
    on = day(label=_("From this day on"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
