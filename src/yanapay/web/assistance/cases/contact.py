"""Calling and writing to the contact of a case: ``tel:`` and ``wa.me`` with a prepared text."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from yanapay.accounts.models import User
from yanapay.assistance.models import Case

PREFIXES = {
    "PE": "51", "BO": "591", "CO": "57", "EC": "593", "VE": "58", "AR": "54", "BR": "55", "CL": "56",
}  # fmt: skip
LONGEST = 15  # digits of an international number (E.164)


@dataclass(frozen=True)
class Contact:
    """Whom to call. ``message_url`` is empty when the number cannot be written internationally."""

    name: str
    phone: str
    call_url: str
    message_url: str


def contact_of(case: Case, user: User) -> Contact | None:
    """The contact of the case, or the enterprise itself; None when no number is known."""
    person, organisation = case.contact, case.organisation
    phone = (person.phone if person else "") or organisation.private_phone or organisation.phone
    if not phone:
        return None
    name = person.name if person else organisation.name
    number = international(phone, organisation.country)
    text = greeting(name, user, case)
    return Contact(
        name, phone, f"tel:{'+' + number if number else phone}",
        f"https://wa.me/{number}?text={quote(text)}" if number else "",
    )  # fmt: skip


def international(phone: str, country: str) -> str:
    """The digits with the prefix of the country; "" for whatever is no number.

    >>> international("964 123 456", "PE"), international("+51 964123456", "PE"), international("064-231", "")
    ('51964123456', '51964123456', '')
    """
    digits = "".join(sign for sign in phone if sign.isdigit())
    prefix = PREFIXES.get(country, "")
    if phone.strip().startswith("+"):
        return digits if 8 <= len(digits) <= LONGEST else ""
    if not prefix or len(digits) < 7:
        return ""
    has_prefix = digits.startswith(prefix) and len(digits) > 9
    number = digits if has_prefix else prefix + digits.lstrip("0")
    return number if len(number) <= LONGEST else ""


def greeting(name: str, user: User, case: Case) -> str:
    """What a message to the contact begins with."""
    return _("Good day, %(name)s. This is %(user)s from %(centre)s, about «%(title)s» (%(number)s).") % {
        "name": name, "user": user, "centre": case.centre.name, "title": case.title, "number": case.number,
    }  # fmt: skip
