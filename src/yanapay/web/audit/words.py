"""Events in words: what was done to what, and each change as "before → after"."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from yanapay.web.assistance.cases.events import EVENTS as ASSISTANCE
from yanapay.web.directory.events import EVENTS as DIRECTORY
from yanapay.web.mapping.events import EVENTS as MAPPING
from yanapay.web.quality.events import EVENTS as QUALITY
from yanapay.web.roster.events import EVENTS as ROSTER
from yanapay.web.surveys.answers.events import EVENTS as ANSWERS

EVENTS: Mapping[str, Mapping[str, tuple[str, str | Promise]]] = {
    "assistance": ASSISTANCE, "directory": DIRECTORY, "linkage": DIRECTORY, "mapping": MAPPING,
    "quality": QUALITY, "roster": ROSTER, "surveys": ANSWERS,
}  # fmt: skip
OBJECTS: Mapping[str, str | Promise] = {
    "organisation": _("Organisation"),
    "person": _("Person"),
    "observation": _("Observation"),
    "batch": _("Import"),
    "import": _("Import"),
    "merge": _("Merge"),
    "consent": _("Consent"),
    "share": _("Sharing"),
    "note": _("Note"),
    "attachment": _("File"),
    "user": _("User"),
    "token": _("Access token"),
    "role": _("Role"),
    "roles": _("Roles"),
    "membership": _("Role in a centre"),
    "institution": _("Institution"),
    "centre": _("Centre"),
    "team": _("Team"),
    "audit": _("Audit trail"),
    "places": _("Places"),
    "case": _("Case"),
    "nonconformity": _("Non-conformity"),
    "format": _("Format"),
    "service_transfer": _("Transfer of the service"),
    "interview": _("Interview"),
    "proposal": _("Proposed change"),
    "mapping": _("Mapping"),
    "submission": _("Answer"),
    "device": _("Device"),
}
VERBS: Mapping[str, str | Promise] = {
    "created": _("created"),
    "changed": _("changed"),
    "closed": _("closed"),
    "deleted": _("deleted"),
    "erased": _("erased"),
    "forgotten": _("personal values erased"),
    "granted": _("granted"),
    "ended": _("ended"),
    "revoked": _("revoked"),
    "reset": _("reset"),
    "loaded": _("loaded"),
    "imported": _("imported"),
    "discarded": _("discarded"),
    "exported": _("exported"),
    "merged": _("merged"),
    "undone": _("undone"),
    "shared": _("shared"),
    "withdrawn": _("withdrawn"),
    "replaced": _("replaced"),
    "deactivated": _("deactivated"),
    "reactivated": _("reactivated"),
    "password_reset": _("new first password"),
    "password_changed": _("password changed"),
}
ACTORS: Mapping[str, str | Promise] = {
    "operator": _("operator"),
    "system": _("the system"),
    "people of the organisation": _("people of the organisation"),
}
FIELDS: Mapping[str, str | Promise] = {
    "name": _("name"),
    "username": _("user name"),
    "full_name": _("full name"),
    "email": _("e-mail"),
    "language": _("language"),
    "role": _("role"),
    "centre": _("centre"),
    "area": _("area"),
    "permissions": _("permissions"),
    "heir": _("taken over by"),
    "handed_over": _("handed over"),
    "user": _("user"),
    "from": _("from"),
    "until": _("until"),
    "scopes": _("scopes"),
    "rows": _("rows"),
    "code": _("code"),
    "codes": _("codes"),
    "expires_at": _("expires"),
    "is_entrepreneur": _("entrepreneur's account"),
    "is_fictitious": _("fictitious"),
    "tokens_revoked": _("tokens revoked"),
    "values": _("values"),
    "file": _("file"),
    "created": _("new"),
    "changed": _("with changes"),
    "unchanged": _("unchanged"),
    "conflicts": _("conflicts, waiting for review"),
    "rejected": _("rejected"),
    "possible_duplicates": _("possible duplicates"),
    "removed": _("removed"),
    "sha256": _("digest of the file"),
    "rows_digest": _("digest of the rows"),
}


def sentence(action: str) -> str:
    """«Organisation: changed» for ``organisation.changed``; unknown words as they stand."""
    subject, _dot, verb = action.partition(".")
    known = EVENTS.get(subject, {})
    if verb in known:
        return str(known[verb][1])
    return f"{OBJECTS.get(subject, subject)}: {VERBS.get(verb, verb)}"


def object_word(object_type: str) -> str:
    """The kind of object for people."""
    return str(OBJECTS.get(object_type, object_type))


def actor_word(name: str) -> str:
    """The signature; the two that are no persons are named in the reader's language."""
    return str(ACTORS.get(name, name))


def changes_in_words(changes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Field and what became of it."""
    return [(field_word(field), _change(change)) for field, change in changes.items()]


def field_word(field: str) -> str:
    """The field's name for people."""
    return str(FIELDS.get(field, field.replace("_", " ")))


def before_after(before: Any, after: Any) -> str:
    """«before → after»; a first value stands alone."""
    return _value(after) if before in (None, "", []) else f"{_value(before)} → {_value(after)}"


def _change(change: Any) -> str:
    is_pair = isinstance(change, list) and len(change) == 2
    return before_after(*change) if is_pair else _value(change)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, dict):
        return ", ".join(f"{field_word(str(k))}: {_value(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    return str(value)
