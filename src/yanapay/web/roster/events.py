"""The business events of the roster in words, each with its icon. The audit page reads them too."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, tuple[str, str | Promise]] = {
    "specialist_added": ("plus", _("Added to the roster")),
    "specialist_changed": ("pencil", _("Entry changed")),
    "specialist_deactivated": ("circle-x", _("Taken out of the roster")),
    "specialist_reactivated": ("circle-check", _("Active again")),
    "specialist_rated": ("star", _("Work rated")),
    "speciality_added": ("tag", _("Speciality added")),
    "speciality_removed": ("tag", _("Speciality removed")),
    "areas_set": ("map-pin", _("Places changed")),
    "credential_added": ("shield-check", _("Paper shown and checked")),
    "credential_removed": ("shield-check", _("Paper taken back")),
    "absence_added": ("calendar", _("Days without work noted")),
    "absence_removed": ("calendar", _("Days without work removed")),
    "technology_added": ("plus", _("Technology added to the catalogue")),
    "technologies_loaded": ("database", _("Published technologies loaded")),
    "requirements_loaded": ("database", _("Requirements of accreditation loaded")),
}
