"""What happened with a record, in words: the sentence of each event and what it changed."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from yanapay.accounts.models import User
from yanapay.audit.models import Event, PersonalValue
from yanapay.centres.models import Centre
from yanapay.directory.choices import (
    AffiliationRole,
    ConsentPurpose,
    FormalityMark,
    PersonRole,
    RequestState,
)
from yanapay.directory.models import Observation, Organisation, Person
from yanapay.directory.rules.figures import MONEY
from yanapay.directory.rules.values import grouped_phone
from yanapay.mapping.choices import Answer, ProposalState, Source
from yanapay.places.models import Area
from yanapay.web.audit.words import actor_word
from yanapay.web.directory.events import EVENTS
from yanapay.web.mapping.events import EVENTS as MAPPING
from yanapay.web.templatetags.ui import money

WORDS: dict[str, str | Promise] = {
    "person": gettext_lazy("Person"),
    "role": gettext_lazy("Role"),
    "network": gettext_lazy("Network"),
    "purpose": gettext_lazy("Purpose"),
    "on": gettext_lazy("Day"),
    "state": gettext_lazy("Answer"),
    "status": gettext_lazy("State"),
    "status_on": gettext_lazy("Since"),
    "status_reason": gettext_lazy("Reason"),
    "precision": gettext_lazy("How exactly the point is known"),
    "centre": gettext_lazy("Centre"),
    "type": gettext_lazy("Type"),
    "number": gettext_lazy("Number"),
    "fields": gettext_lazy("Fields"),
    "activities": gettext_lazy("Activities"),
    "need_codes": gettext_lazy("Needs"),
    "strength_codes": gettext_lazy("Strengths"),
    "opportunity_codes": gettext_lazy("Opportunities"),
    "activity_lines": gettext_lazy("Lines of activity"),
    "macro_region": gettext_lazy("Macro-region of the mapping"),
    "formality": gettext_lazy("Formality"),
    "further_areas": gettext_lazy("Further places"),
}
PHONES = {"phone", "private_phone"}
SILENT = {
    "person",
    "user",
    "id",
    "observation",
    "request",
    "reason_given",
    "organisations",
    "erasure",
    "accept",
    "fields",
    "merge",
    "dropped",
    "restored",
    "moved",
    "entry",
    "proposal",
    "claim",
    "accepted",
    "refused",
}
PERSON_FIELDS = (
    "name", "sex", "birth_year", "document_type", "document_number", "phone", "email", "education",
    "languages", "self_identification", "disability",
)  # fmt: skip
CHOICES: dict[str, dict[Any, Any]] = {
    "purpose": dict(ConsentPurpose.choices),
    "role": dict([*PersonRole.choices, *AffiliationRole.choices]),
    "state": dict([*RequestState.choices, *ProposalState.choices]),
    "source": dict(Source.choices),
    "answer": dict(Answer.choices),
    "formality": dict(FormalityMark.choices),
    "document_type": {"dni": "DNI", "ce": "CE"},
}
RELATED: dict[str, type[models.Model]] = {
    "area": Area, "responsible": User, "network": Organisation, "centre": Centre,
}  # fmt: skip


_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class Told:
    """One entry of a timeline, ready to show."""

    at: date | datetime
    icon: str
    title: str
    who: str
    text: str = ""
    changes: list[str] = field(default_factory=list)


def told(event: Event, personal: list[PersonalValue] | None = None) -> Told:
    """An event in words. Personal values are told only when they are handed over."""
    verb = event.action.removeprefix("directory.")
    known = MAPPING if event.action.startswith("mapping.") else EVENTS
    verb = verb.removeprefix("mapping.")
    icon, title = known.get(verb, ("history", verb.replace("_", " ").capitalize()))
    model = Person if event.object_type == "person" else Organisation
    changes = [f"{name}: {became}" for name, became in facts(event, personal or [], model)]
    return Told(event.at, icon, str(title), actor_word(event.actor_name), event.reason, changes)


def facts(
    event: Event, personal: list[PersonalValue], model: type[models.Model]
) -> list[tuple[str, str]]:
    """Each field that an event changed and what became of it, in words; amounts with their currency."""
    currency = event.changes.get("currency") or ""
    currency = currency[-1] if isinstance(currency, list) else currency
    changes = [
        (name, value) for name, value in event.changes.items()
        if name not in SILENT and value not in (None, "", [])
    ]  # fmt: skip
    changes += [(value.field, [value.before, value.after]) for value in personal]
    return [
        (label(name, model), change(name, _amounts(name, value, currency), model))
        for name, value in changes
    ]


def _amounts(name: str, value: Any, currency: str) -> Any:
    """Stored amounts as people write them; anything else as it stands."""
    if name not in MONEY:
        return value
    if isinstance(value, list):
        return [_amounts(name, one, currency) for one in value]
    return money(value, currency).strip() if isinstance(value, int) else value


def label(name: str, model: type[models.Model] = Organisation) -> str:
    """The name of a field for people."""
    if name in WORDS:
        return str(WORDS[name])
    named = getattr(_columns(model).get(name), "verbose_name", name.replace("_", " "))
    return capfirst(str(named))


def change(name: str, value: Any, model: type[models.Model] = Organisation) -> str:
    """«before → after»; a first value stands alone."""
    if not (isinstance(value, list) and len(value) == 2):
        return shown(name, value, model)
    before, after = (shown(name, one, model) for one in value)
    return f"{before} → {after}" if value[0] not in (None, "", []) else after


def shown(name: str, value: Any, model: type[models.Model] = Organisation) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return _related(name, value) if name in RELATED else _plain(name, value, model)


def _related(name: str, value: Any) -> str:
    found = RELATED[name]._default_manager.filter(pk=value).first()
    return str(getattr(found, "full_name", "") or found) if found else _("unknown")


def _plain(name: str, value: Any, model: type[models.Model]) -> str:
    if name in PHONES and isinstance(value, str):
        return grouped_phone(value)
    choices = CHOICES.get(name) or dict(
        getattr(_columns(model).get(name), "flatchoices", None) or []
    )
    if value in choices:
        return str(choices[value])
    is_day = isinstance(value, str) and _DAY.fullmatch(value)
    return date_format(date.fromisoformat(value)) if is_day else str(value)


def _columns(model: type[models.Model]) -> dict[str, Any]:
    """The fields of a model by name; events of an organisation name those of its figures too."""
    return {
        column.name: column for kind in (Observation, model) for column in kind._meta.get_fields()
    }


def personal_facts(person: Person) -> list[tuple[str, str]]:
    """What is stored about a person, field by field; "" where nothing is."""
    values = [(name, getattr(person, name)) for name in PERSON_FIELDS]
    return [
        (label(name, Person), shown(name, value, Person) if value else "") for name, value in values
    ]
