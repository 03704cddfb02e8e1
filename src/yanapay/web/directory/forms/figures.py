"""Figures of an organisation on a day, and their correction."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.directory.models import Observation
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money, minor_digits
from yanapay.web.acting import say
from yanapay.web.directory.forms.fields import CURRENCIES, day

MONEY = ("annual_sales", "assets", "equipment")
GRID = [
    (_("Women"), ("women_stable", "women_unstable", "women_family", "workers_women")),
    (_("Men"), ("men_stable", "men_unstable", "men_family", "workers_men")),
]


class ObservationForm(forms.ModelForm[Observation]):
    """What was true of an organisation on a day. Money is typed in whole units of its currency."""

    observed_on = day(label=_("On which day"))
    annual_sales = forms.CharField(label=_("Annual sales"), required=False)
    assets = forms.CharField(label=_("Assets"), required=False)
    equipment = forms.CharField(label=_("Value of equipment"), required=False)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=CURRENCIES, required=False, initial="PEN"
    )
    products = forms.CharField(
        label=_("Products"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = Observation
        fields = [
            "observed_on", "workers", "workers_women", "workers_men", "women_stable",
            "women_unstable", "men_stable", "men_unstable", "women_family", "men_family",
            "members_women", "members_men", "families", "annual_sales", "assets", "equipment",
            "currency", "hours_per_week", "products", "market_local", "market_regional",
            "market_national", "market_export", "main_buyer_share", "source", "evidence",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.IntegerField):
                field.min_value = 0
                field.widget.attrs.update(min="0", inputmode="numeric")
            if name in MONEY:
                field.widget.attrs.update(inputmode="decimal", placeholder="0.00")
                self.initial[name] = self._written(name)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in MONEY:
            given[name] = self._read(name, given.get(name) or "", given.get("currency") or "PEN")
        if not any(given.get(name) is not None for name in MONEY):
            given["currency"] = ""
        _add_up(given)
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes: money in minor units."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def grid(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Workers by sex (rows) and stability (columns)."""
        return [(label, [self[name] for name in names]) for label, names in GRID]

    def _read(self, name: str, text: str, currency: str) -> int | None:
        try:
            return Money.parse(text, currency).amount_minor if text else None
        except RuleBroken as error:
            self.add_error(name, say(error.message))
            return None

    def _written(self, name: str) -> str:
        amount = getattr(self.instance, name)
        if amount is None:
            return ""
        return f"{amount / 10 ** minor_digits(self.instance.currency or 'PEN'):.2f}"


class CorrectionForm(ObservationForm):
    """The same figures again, with the reason for changing them."""

    reason = forms.CharField(
        label=_("Why is this corrected?"), max_length=300,
        help_text=_("The old figures stay readable in the history, with this reason."),
    )  # fmt: skip


def _add_up(given: dict[str, Any]) -> None:
    """Fill the totals that were left empty from their parts."""
    for total, parts in (
        ("workers_women", ("women_stable", "women_unstable", "women_family")),
        ("workers_men", ("men_stable", "men_unstable", "men_family")),
        ("workers", ("workers_women", "workers_men")),
    ):
        stated = [given[part] for part in parts if given.get(part) is not None]
        if given.get(total) is None and stated:
            given[total] = sum(stated)
