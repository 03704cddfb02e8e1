"""The fields that events name, and their values, in words.

Those of organisations and people stand in ``web.directory.words``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from yanapay.assistance.choices import Outcome, Round, Signature, Stage, State
from yanapay.directory.choices import ConsentPurpose
from yanapay.mapping.choices import InterviewState, ProposalState
from yanapay.roster.choices import SpecialistKind, Topic
from yanapay.surveys.choices import Review
from yanapay.web.templatetags.ui import money

FIELDS: Mapping[str, str | Promise] = {
    "name": _("name"), "username": _("user name"), "full_name": _("full name"), "email": _("e-mail"),
    "language": _("language"), "role": _("role"), "centre": _("centre"), "area": _("area"),
    "permissions": _("permissions"), "heir": _("taken over by"), "to": _("taken over by"),
    "handed_over": _("handed over"), "user": _("user"), "from": _("from"), "until": _("until"),
    "scopes": _("scopes"), "rows": _("rows"), "code": _("code"), "codes": _("codes"),
    "expires_at": _("expires"), "expires_on": _("expires"),
    "is_entrepreneur": _("entrepreneur's account"), "is_fictitious": _("fictitious"),
    "tokens_revoked": _("tokens revoked"), "values": _("values"), "file": _("file"), "files": _("files"),
    "created": _("new"), "changed": _("with changes"), "unchanged": _("unchanged"), "same": _("unchanged"),
    "conflicts": _("conflicts, waiting for review"), "rejected": _("rejected"),
    "possible_duplicates": _("possible duplicates"), "removed": _("removed"),
    "reverted": _("taken back"), "left": _("left as it is"), "view": _("view"),
    "sha256": _("digest of the file"), "digest": _("digest"), "rows_digest": _("digest of the rows"),
    "stage": _("stage"), "state": _("state"), "number": _("number"), "organisation": _("organisation"),
    "organisations": _("organisations"), "responsible": _("responsible"), "ended_on": _("ended on"),
    "on": _("day"), "due_on": _("due on"), "due_from": _("due from"), "count": _("how many"),
    "outcome": _("outcome"), "topic": _("topic"), "answer": _("answer"), "answers": _("answers"),
    "other": _("other record"),
    "baseline": _("starting figures"),
    "plan": _("plan"), "price": _("price"), "amount": _("amount"), "currency": _("currency"),
    "receipt": _("receipt"), "task": _("task"), "visit": _("visit"), "minutes": _("minutes"),
    "women": _("women"), "men": _("men"), "technology": _("technology"), "changes": _("changes"),
    "specialist": _("specialist"), "assignment": _("assignment"), "contract": _("contract"),
    "milestone": _("deliverable"), "milestones": _("deliverables"), "round": _("measurement"),
    "how": _("how"), "attribution": _("owed to the help (in %)"), "measured": _("measured"),
    "fields": _("fields"), "purpose": _("purpose"), "network": _("network"), "terms": _("terms"),
    "kind": _("kind"), "activity": _("activity"), "areas": _("areas"), "category": _("category"),
    "requirement": _("paper"), "requirements": _("papers"), "technologies": _("technologies"),
    "review": _("review"), "version": _("version"), "workbook": _("workbook"), "replaces": _("replaces"),
    "clients": _("clients"), "cases": _("cases"), "consultations": _("consultations"),
    "findings": _("findings"), "interviews": _("interviews"),
    "interviewer": _("interviewer"), "questions": _("questions"), "proposal": _("proposal"),
    "source": _("source"), "title": _("title"), "began_on": _("began on"),
}  # fmt: skip
_CHOICES: Mapping[tuple[str, str], Mapping[Any, Any]] = {
    ("case", "stage"): dict(Stage.choices),
    ("case", "state"): dict(State.choices),
    ("case", "round"): dict(Round.choices),
    ("case", "how"): dict(Signature.choices),
    ("consultation", "outcome"): dict(Outcome.choices),
    ("interview", "state"): dict(InterviewState.choices),
    ("proposal", "state"): dict(ProposalState.choices),
    ("specialist", "kind"): dict(SpecialistKind.choices),
    ("specialist", "topic"): dict(Topic.choices),
    ("submission", "review"): dict(Review.choices),
    ("person", "purpose"): dict(ConsentPurpose.choices),
}
_MONEY = frozenset(("price", "amount"))


def changes_in_words(changes: Mapping[str, Any], object_type: str = "") -> list[tuple[str, str]]:
    """Field and what became of it; a currency stands with its amount."""
    shown = {name: change for name, change in changes.items() if change not in (None, "", [])}
    currency = shown.pop("currency", "") if _MONEY & shown.keys() else ""
    return [
        (field_word(name), _change(change, object_type, name, currency))
        for name, change in shown.items()
    ]


def field_word(field: str) -> str:
    """The field's name for people."""
    return str(FIELDS.get(field, field.replace("_", " ")))


def before_after(before: Any, after: Any) -> str:
    """«before → after»; a first value stands alone."""
    return _joined(_value(before), _value(after))


def _change(change: Any, object_type: str, name: str, currency: Any) -> str:
    def said(value: Any) -> str:
        known = _CHOICES.get((object_type, name), {})
        if not isinstance(value, list | dict) and value in known:
            return str(known[value])
        is_amount = name in _MONEY and isinstance(value, int)
        return money(value, str(currency)).strip() if is_amount else _value(value)

    is_pair = isinstance(change, list) and len(change) == 2
    return _joined(said(change[0]), said(change[1])) if is_pair else said(change)


def _joined(before: str, after: str) -> str:
    return after if before == "—" else f"{before} → {after}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, dict):
        return ", ".join(f"{field_word(str(k))}: {_value(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    return _day(str(value))


def _day(text: str) -> str:
    """A stored day as people write it; anything else as it stands."""
    try:
        return date_format(date.fromisoformat(text)) if len(text) == len("2025-03-15") else text
    except ValueError:
        return text
