"""Events in words: what was done, to what, by whom."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
    "consultation": _("Consultation"),
    "specialist": _("Specialist"),
    "technology": _("Technology"),
    "instrument": _("Form"),
    "directory": _("Directory"),
    "roster": _("Specialists"),
    "evaluation": _("Evaluation"),
    "course_wish": _("Course asked for"),
    "centre_entry": _("Cost or income"),
    "linkage_run": _("Search for duplicates"),
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
