"""The plan editor: one form for its head, a row form for each of its four tables."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import BudgetKind, Direction, Payer, ShareBy
from yanapay.assistance.models import Case, Milestone
from yanapay.web.assistance.amounts import ScaledField
from yanapay.web.directory.forms.fields import CURRENCIES, day

SHORT = {"rows": 2}
BY_MARKUP, SET = "markup", "set"


class HeadForm(forms.Form):
    """What the plan is for, its days and how its price is made."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    objective = forms.CharField(
        label=_("Objective"), widget=forms.Textarea(attrs=SHORT), required=False
    )
    starts_on = day(label=_("Starts on"), required=False)
    ends_on = day(label=_("Ends on"), required=False)
    valid_until = day(label=_("Offer valid until"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    pricing = forms.ChoiceField(
        label=_("The price is"),
        choices=[(BY_MARKUP, _("the cost and so much on top")), (SET, _("set"))],
    )
    markup = ScaledField(label=_("On top of the cost (%)"), digits=2, required=False)
    price = forms.CharField(
        label=_("Set price"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("pricing") == SET and not cleaned.get("price"):
            self.add_error("price", _("Write the price."))
        return cleaned


class RowForm(forms.Form):
    """A row counts when one of its ``telling`` fields is filled in; an emptied one is dropped."""

    telling: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        typed = [self.data.get(self.add_prefix(name), "") for name in self.telling]
        return any(str(value).strip() for value in typed)

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data)


class ActionForm(RowForm):
    telling = ("objective", "action", "result")
    objective = forms.CharField(label=_("Objective"), max_length=200)
    action = forms.CharField(label=_("Action"), widget=forms.Textarea(attrs=SHORT))
    result = forms.CharField(label=_("Expected result"), max_length=300, required=False)
    cause = forms.TypedChoiceField(
        label=_("Cause it deals with"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, causes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [("", "—"), *causes]  # type: ignore[attr-defined]
        if not causes:
            del self.fields["cause"]


class IndicatorForm(RowForm):
    telling = ("name", "baseline", "target", "method")
    name = forms.CharField(label=_("Indicator"), max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    direction = forms.ChoiceField(label=_("Which way"), choices=Direction.choices)
    baseline = ScaledField(label=_("Today"), digits=3, required=False)
    target = ScaledField(label=_("Target"), digits=3, required=False)
    due_on = day(label=_("By"), required=False)
    method = forms.CharField(label=_("How it is measured"), max_length=200, required=False)


class LineForm(RowForm):
    telling = ("description", "quantity", "unit_cost")
    type = forms.ChoiceField(label=_("Kind"), choices=BudgetKind.choices)
    description = forms.CharField(label=_("Description"), max_length=200)
    quantity = ScaledField(label=_("Quantity"), digits=2)
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    unit_cost = forms.CharField(
        label=_("Unit cost"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )


class ShareForm(RowForm):
    telling = ("payer", "source", "value")
    payer = forms.ChoiceField(label=_("Who pays"), choices=[("", "—"), *Payer.choices])
    source = forms.CharField(label=_("Which one"), max_length=150, required=False)
    by = forms.ChoiceField(label=_("How much"), choices=ShareBy.choices)
    value = forms.CharField(
        label=_("% or amount"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("by") in (ShareBy.PERCENT, ShareBy.AMOUNT) and not cleaned.get("value"):
            self.add_error("value", _("Write how much."))
        return cleaned


class OfferForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = day(label=_("Offered on"))


class RefusalForm(forms.Form):
    name = forms.CharField(label=_("Name of who decides"), max_length=150)
    on = day(label=_("On"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class PaymentForm(forms.Form):
    """A receipt for one share."""

    on = day(label=_("Date"))
    amount = forms.CharField(
        label=_("Amount"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    payer_name = forms.CharField(label=_("Who paid"), max_length=200)
    number = forms.CharField(
        label=_("Receipt"), max_length=40, required=False,
        help_text=_("Leave empty for the next number of the centre."),
    )  # fmt: skip
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(), label=_("Deliverable it pays for"), required=False
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owed = Milestone.objects.filter(contract__assignment__case=case)
        self.fields["milestone"] = forms.ModelChoiceField(
            owed, label=_("Deliverable it pays for"), required=False
        )
        if not owed.exists():
            del self.fields["milestone"]


class VoidForm(forms.Form):
    on = day(label=_("Void since"))
    reason = forms.CharField(label=_("Reason"), max_length=300)
