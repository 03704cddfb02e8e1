"""The business events of the mapping in words, each with its icon."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, tuple[str, str | Promise]] = {
    "proposed": ("inbox", _("A change was proposed")),
    "proposal_decided": ("list-check", _("Proposed change decided")),
    "interview_moved": ("route", _("Interview moved on")),
    "interviews_handed_over": ("users", _("Interviews handed over")),
    "entry_published": ("world", _("Shown in the public directory")),
    "entry_listed": ("world", _("Listed in the public directory from a source")),
    "entry_unpublished": ("eye", _("Taken off the public directory")),
    "entry_coarsened": ("map-pin", _("Its point is shown less exactly")),
    "claim_issued": ("key", _("Letter with a code issued")),
    "confirmations_asked": ("help-circle", _("Asked whether entries are still right")),
    "confirmation_answered": ("message-circle", _("Its people answered whether it is still right")),
}
