"""Numbers as people type them: exact, with comma or point; money with or without its currency."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.base.showing import CURRENCIES
from yanapay.kernel.money import Money, minor_digits

NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,6})?")
SIGNED = re.compile(
    r"(?P<before>[^\d\s.,'-]*)\s*(?P<amount>[\d.,'\s-]+?)\s*(?P<after>[^\d\s.,'-]*)"
)
SIGNS = {sign.rstrip(".").upper(): code for code, (sign, _digits) in CURRENCIES.items()}


class ScaledField(forms.Field):
    """A number kept as a whole one: with ``digits`` 2, «2,5» is 250."""

    def __init__(self, *, digits: int, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**options)
        self.digits = digits

    def to_python(self, value: Any) -> Any:
        text = "".join(str(value or "").split())
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            raise forms.ValidationError(_("Write a number, like 12.5."))
        exact = Decimal(text.replace(",", ".")).scaleb(self.digits)
        if exact != int(exact):
            raise forms.ValidationError(
                _("Write at most %(digits)s decimals.") % {"digits": self.digits}
            )
        return int(exact)

    def prepare_value(self, value: Any) -> Any:
        return scaled(value, self.digits) if isinstance(value, int) else value


def scaled(value: int, digits: int) -> str:
    """«2.5» for 250 with two digits."""
    return f"{Decimal(value).scaleb(-digits).normalize():f}"


def read_money(text: str, currency: str) -> Money:
    """An amount as typed; a currency written beside it («US$ 300», «300 USD») wins over the given one."""
    found = SIGNED.fullmatch(text.strip())
    written = (found["before"] or found["after"]).upper().rstrip(".") if found else ""
    if found and written:
        return Money.parse(found["amount"], SIGNS.get(written, written))
    return Money.parse(text, currency)


def money_text(amount: Money | None) -> str:
    """An amount as a field shows it: without its currency."""
    return scaled(amount.amount_minor, minor_digits(amount.currency)) if amount else ""
