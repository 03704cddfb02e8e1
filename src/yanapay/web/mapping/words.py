"""Fields and values of the mapping as people read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from yanapay.directory.choices import Kind
from yanapay.directory.queries.facets import labels
from yanapay.directory.rules.values import grouped_phone
from yanapay.mapping.queries.entries import Shown
from yanapay.mapping.rules.fields import CODES
from yanapay.places.queries import area_full_names

LABELS = {
    "name": _("Name"), "acronym": _("Acronym"), "kind": _("Kind"), "area": _("Place"),
    "address": _("Address"), "phone": _("Public phone"), "email": _("Public e-mail"),
    "private_phone": _("Private phone (never shown)"), "private_email": _("Private e-mail (never shown)"),
    "website": _("Website"), "point": _("Point on the map"), "start_year": _("Start year"),
    "activity_lines": _("Lines of activity"), "need_codes": _("Needs"),
    "strength_codes": _("Strengths"), "opportunity_codes": _("Opportunities"),
    "macro_region": _("Macro-region of the mapping"), "members_women": _("Women members"),
    "members_men": _("Men members"), "families": _("Families"), "workers": _("Workers"),
    "workers_women": _("Women workers"), "workers_men": _("Men workers"),
    "description": _("Description"), "aims": _("Aims"), "products": _("Products and services"),
    "networks": _("Networks"), "tax_id": _("Tax number"),
    "representative": _("Representative (never public)"),
}  # fmt: skip
STATES = {
    "same": pgettext_lazy("value", "the same"), "new": pgettext_lazy("value", "new"),
    "different": pgettext_lazy("value", "different"),
    "conflict": _("changed in the directory since"), "unusable": _("cannot be used"),
    "accepted": pgettext_lazy("value", "accepted"), "refused": pgettext_lazy("value", "refused"),
    "corrected": pgettext_lazy("value", "accepted with a correction"),
}  # fmt: skip
CONTACT = {
    "name": _("Name"), "reach": _("How to reach them"), "phone": _("Phone"), "message": _("Message"),
    "text": _("Text that was agreed to"),
}  # fmt: skip
TONES = {
    "new": "good", "different": "info", "conflict": "wait", "unusable": "bad", "accepted": "good",
    "corrected": "good", "refused": "bad",
}  # fmt: skip
INTERVIEW_TONES = {
    "assigned": "info", "interviewed": "wait", "in_review": "wait", "published": "good", "dropped": "bad",
    "unpublished": "bad",
}  # fmt: skip
ENTRY_TONES = {"external": "info", "published": "good", "unpublished": "bad"}


@dataclass(frozen=True)
class Words:
    """Codes and areas that some values name, looked up together."""

    codes: Mapping[tuple[str, str], str]
    areas: Mapping[str, str]

    @classmethod
    def over(cls, values: Iterable[tuple[str, Any]]) -> "Words":
        named = {str(value) for field, value in values if field == "area" and value}
        return cls(labels(list(CODES)), area_full_names(named))

    def say(self, field: str, value: Any) -> str:
        """A value in words; "" when there is none."""
        if value in ("", None, []):
            return ""
        if field in CODES and isinstance(value, list):
            return ", ".join(self.codes.get((field, code), code) for code in value)
        if field == "kind":
            return str(dict(Kind.choices).get(value, value))
        if field == "area":
            return self.areas.get(str(value), str(value))
        return grouped_phone(str(value)) if field in ("phone", "private_phone") else str(value)


def label(field: str) -> str:
    return str(LABELS.get(field, field))


def said(row: Shown, words: Words) -> dict[str, Any]:
    """What is shown of a field beside what the directory offers."""
    return {
        "field": row.field, "label": label(row.field), "shown": words.say(row.field, row.shown),
        "offered": words.say(row.field, row.offered), "differs": row.differs,
    }  # fmt: skip
