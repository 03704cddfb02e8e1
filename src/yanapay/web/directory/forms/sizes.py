"""The calculator: one enterprise that need not be in the directory."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money
from yanapay.kernel.sizes import Figures, schemes
from yanapay.kernel.sizes.naming import naming_of
from yanapay.web.acting import say
from yanapay.web.directory.forms.fields import CURRENCIES, day


class CalculatorForm(forms.Form):
    workers = forms.IntegerField(label=_("Workers"), required=False, min_value=0)
    sales = forms.CharField(label=_("Annual sales"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    on = day(label=_("On which day"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("workers") is None and not given.get("sales"):
            raise forms.ValidationError(_("Give the workers, the sales, or both."))
        try:
            text = given.get("sales")
            given["money"] = Money.parse(text, given.get("currency") or "PEN") if text else None
        except RuleBroken as error:
            self.add_error("sales", say(error.message))
        return given

    @property
    def figures(self) -> Figures:
        given = self.cleaned_data
        return Figures(given["workers"], given["money"], given["on"])


class CrossForm(forms.Form):
    """Which two schemes to compare, on which day."""

    a = forms.ChoiceField(label=_("Rows"))
    b = forms.ChoiceField(label=_("Columns"))
    on = day(label=_("Figures and tax unit on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(scheme.id, scheme_name(scheme.id)) for scheme in schemes().values()]
        for field in ("a", "b"):
            self.fields[field].choices = named  # type: ignore[attr-defined]


def scheme_name(scheme: str) -> str:
    """«Ley 28015, art. 3 · Perú»: what a scheme is called in the reader's language."""
    naming = naming_of(schemes()[scheme], get_language() or "es")
    return naming.title if naming.place in naming.title else f"{naming.title} · {naming.place}"
