"""Reading one cell: text as people type it becomes a value, or a sentence that says what is wrong. Pure."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from yanapay.directory.rules.figures import check_currency
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money, minor_digits
from yanapay.kernel.text import fold

BLANK: Final = frozenset({
    "-", "--", "---", ".", "n/a", "na", "n.a.", "s/n", "s/d", "null", "none", "nan",
    "no tiene", "ninguno", "ninguna", "sin dato", "sin datos", "no registra",
})  # fmt: skip
SHEET_ERRORS: Final = frozenset({
    "#n/a", "#n/d", "#ref!", "#¡ref!", "#value!", "#¡valor!", "#div/0!", "#¡div/0!", "#name?", "#¿nombre?",
    "#num!", "#¡num!", "#null!", "#¡nulo!",
})  # fmt: skip
PHONES: Final = frozenset({"phone", "private_phone"})
_WHOLE = re.compile(r"(-?)([0-9]{1,9}|[0-9]{1,3}(?:[.,\s][0-9]{3})+)(?:[.,]0{1,2})?")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{1,20})?")
_YMD = re.compile(
    r"([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?"
)
_DMY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})(?: [0-9:.]+)?")
_WORDED = re.compile(r"([0-9]{1,2}) (?:de )?([a-z]{3,10}) (?:del? )?([0-9]{4})")
_MONTHS = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic"]
_MONTHS_EN = {"jan": 1, "apr": 4, "aug": 8, "sep": 9, "dec": 12}
_SERIAL_ZERO = date(1899, 12, 30)
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}")
_CURRENCY_SIGN = re.compile(r"^(?:s/\.?|us\$|\$b|\$|bs\.?|usd|pen|cop|€)\s*", re.IGNORECASE)
_SEX = {
    "f": "f", "femenino": "f", "mujer": "f", "woman": "f", "female": "f", "fem": "f", "mujeres": "f",
    "m": "m", "masculino": "m", "hombre": "m", "man": "m", "male": "m", "varon": "m", "h": "m", "masc": "m",
    "x": "x", "otro": "x", "otra": "x", "other": "x", "no binario": "x",
}  # fmt: skip


def clean(text: str, limit: int) -> str:
    """One line of printable text; the apostrophe that keeps a spreadsheet from computing it is taken off."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(filter(str.isprintable, line))
    refuse_sheet_error(line)
    if line[:1] == "'" and line[1:2] in {"=", "+", "-", "@"}:
        line = line[1:]
    if len(line) > limit:
        raise RuleBroken("{n} characters are too many; at most {limit}.", n=len(line), limit=limit)
    return line


def refuse_sheet_error(text: str) -> None:
    """RuleBroken where a spreadsheet could not compute what should stand in the cell."""
    if text.lower() in SHEET_ERRORS:
        raise RuleBroken(
            "The cell holds an error of the spreadsheet ({text}): mend its formula or clear it.",
            text=text,
        )


def whole(text: str) -> int:
    """A count of zero or more: ``12``, ``12.0``, ``1 200``, ``1.200``."""
    match = _WHOLE.fullmatch(text)
    if match is None:
        raise RuleBroken("“{text}” is not a whole number.", text=text[:80])
    if match[1]:
        raise RuleBroken("The number cannot be negative.")
    return int(re.sub(r"[.,\s]", "", match[2]))


def amount(text: str, currency: str) -> int:
    """An amount of money of zero or more, in minor units of the currency."""
    if text.isdecimal() and text.isascii() and len(text) < 15:
        return int(text + "0" * minor_digits(currency))
    money = Money.parse(_CURRENCY_SIGN.sub("", text.removeprefix("'")), currency)
    if money.amount_minor < 0:
        raise RuleBroken("The amount cannot be negative.")
    return money.amount_minor


def currency_code(text: str) -> str:
    """A currency as its ISO 4217 code; names in use are understood."""
    known = {"s": "PEN", "soles": "PEN", "nuevos soles": "PEN", "sol": "PEN", "dolares": "USD", "us": "USD",
             "bolivianos": "BOB", "bs": "BOB", "pesos colombianos": "COP", "euros": "EUR"}  # fmt: skip
    code = known.get(fold(text), text.upper())
    check_currency(code)
    return code


def degrees(text: str, bound: int) -> float:
    """A coordinate in decimal degrees between -bound and bound; a decimal comma is understood."""
    if not _DECIMAL.fullmatch(text.removeprefix("'")):
        raise RuleBroken(
            "“{text}” is not a coordinate in decimal degrees, like -12.0464.", text=text[:80]
        )
    value = float(text.removeprefix("'").replace(",", "."))
    if abs(value) > bound:
        raise RuleBroken(
            "{value} lies outside -{bound} to {bound} degrees.", value=value, bound=bound
        )
    return value


def day(text: str) -> date:
    """A date: ``2024-03-15``, ``15/03/2024`` (day first), ``15 de marzo de 2024``, or Excel's day number."""
    try:
        if match := _YMD.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DMY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _WORDED.fullmatch(fold(text)):
            return date(int(match[3]), _month(match[2]), int(match[1]))
        if text.isdecimal() and 10_000 <= int(text) <= 80_000:
            return _SERIAL_ZERO + timedelta(days=int(text))
    except ValueError:
        pass
    raise RuleBroken(
        "“{text}” is not a date; write it as 2024-03-15 or 15/03/2024.", text=text[:80]
    )


def _month(word: str) -> int:
    short = word[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else _MONTHS_EN.get(short, 0)


def past_day(text: str, today: date) -> date:
    """A date that is not in the future."""
    found = day(text)
    if found > today:
        raise RuleBroken("{day} lies in the future.", day=found.isoformat())
    if found.year < 1500:
        raise RuleBroken("{day} lies too far back.", day=found.isoformat())
    return found


def year(text: str, today: date) -> int:
    """A year that has begun."""
    digits = text.removesuffix(".0")
    if not (digits.isdecimal() and len(digits) == 4 and 1500 <= int(digits) <= today.year):
        raise RuleBroken("“{text}” is not a year up to {year}.", text=text[:80], year=today.year)
    return int(digits)


def sex(text: str, *, m_is_woman: bool = False) -> str:
    """``f``, ``m`` or ``x``. In lists that write H and M, M is *mujer*."""
    key = fold(text)
    if key == "m" and m_is_woman:
        return "f"
    if key not in _SEX:
        raise RuleBroken("“{text}” is not a sex; write f, m or x.", text=text[:80])
    return _SEX[key]


def email(text: str) -> str:
    """An e-mail address, in lower case."""
    address = text.strip("<> ").removeprefix("mailto:").lower()
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        raise RuleBroken("“{text}” is not an e-mail address.", text=text[:80])
    return address


def phone(text: str) -> str:
    """Telephone numbers as digits, several joined by " / ", a leading + kept."""
    found = []
    for part in phone_parts(text.removeprefix("'")):
        digits = re.sub(r"[^0-9]", "", part)
        if digits:
            found.append("+" * part.strip().startswith("+") + digits)
    if not found or len(max(found, key=len)) < 6:
        raise RuleBroken("“{text}” is not a telephone number.", text=text[:80])
    joined = " / ".join(found)
    if len(joined) > 50:
        raise RuleBroken("More telephone numbers than fit: write one or two.")
    return joined


def phone_parts(text: str) -> list[str]:
    """What stands between the signs and words by which people part telephone numbers."""
    return re.split(r"[/;,|]| y | o ", text)


def phones_kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an organisation or a person, their telephone numbers written as all are kept."""
    return {**fields, **{name: _phone_of(name, fields[name]) for name in PHONES & fields.keys()}}


def _phone_of(field: str, text: str) -> str:
    try:
        return phone(text) if text else ""
    except RuleBroken as error:
        raise RuleBroken(error.message.template, field=field, **error.message.values) from error


def grouped_phone(text: str) -> str:
    """Numbers as people write them: groups of three digits from the end, the country apart.

    >>> grouped_phone("+51987654321 / 064211211")
    '+51 987 654 321 / 064 211 211'
    """
    return " / ".join(map(_grouped, text.split(" / ")))


def _grouped(number: str) -> str:
    country, digits = ("+51 ", number[3:]) if number.startswith("+51") else ("", number)
    if not digits.isdecimal() or len(digits) < 6:
        return number
    head = len(digits) % 3
    parts = [digits[at : at + 3] for at in range(head, len(digits), 3)]
    if head == 1:
        parts[0] = digits[0] + parts[0]
    elif head:
        parts.insert(0, digits[:head])
    return country + " ".join(parts)


def website(text: str) -> str:
    """A web address; one without ``http://`` is kept as people write it."""
    scheme, _, rest = text.partition(":")
    has_scheme = rest[:2] == "//" or (rest and not rest[:1].isdigit() and "." not in scheme)
    if (has_scheme and scheme.lower() not in {"http", "https"}) or " " in text or "." not in text:
        raise RuleBroken("“{text}” is not a web address.", text=text[:80])
    if len(text) > 300:
        raise RuleBroken("{n} characters are too many; at most {limit}.", n=len(text), limit=300)
    return text


def document(text: str, country: str) -> tuple[str, str]:
    """(type, number) of an identity document; Peru's DNI gets back the zeros a spreadsheet took."""
    number = re.sub(r"[\s.-]", "", text).upper()
    if not re.fullmatch(r"[0-9A-Z]{4,20}", number):
        raise RuleBroken("“{text}” is not the number of an identity document.", text=text[:80])
    if country != "PE":
        return "id", number
    if number.isdecimal() and len(number) in {7, 8}:
        return "dni", number.zfill(8)
    return ("ce" if number.isdecimal() and len(number) == 9 else "other"), number


def codes(text: str) -> list[str]:
    """The codes of a cell that may hold several, separated by ; or |."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[;|]", text) if part.strip()))
