"""Numbers and money as the reader writes them (``web/formats``): one wording for pages, documents and files."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

CURRENCIES = {  # code: (sign, digits of the minor unit), ISO 4217
    "PEN": ("S/", 2),
    "USD": ("US$", 2),
    "EUR": ("€", 2),
    "BOB": ("Bs", 2),
    "COP": ("COP", 2),
    "CLP": ("CLP", 0),
    "PYG": ("₲", 0),
}


def number(value: Decimal | float | str | None, decimals: int | None = None) -> str:
    """Thousands grouped as the reader expects; halves rounded up; an empty value stays empty."""
    if value is None or value == "":
        return ""
    exact = Decimal(str(value))
    if decimals is not None:  # Django's own formatting would cut the rest off
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(exact, force_grouping=True)


def percent(share: Decimal | float | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return (
        "" if share is None else f"{number(Decimal(str(share)) * 100, decimals)}\N{NO-BREAK SPACE}%"
    )


def money(minor_units: int | None, currency: str = "PEN") -> str:
    """An amount in minor units with its currency: 123450 gives «S/ 1,234.50»."""
    if minor_units is None:
        return ""
    sign, digits = CURRENCIES.get(currency, (currency, 2))
    return f"{sign}\N{NO-BREAK SPACE}{number(Decimal(minor_units).scaleb(-digits), digits)}"
