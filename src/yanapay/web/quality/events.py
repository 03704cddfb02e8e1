"""Events of the quality record in words: icon and sentence."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: Mapping[str, tuple[str, Promise]] = {
    "document_issued": ("file-text", _("Document issued")),
    "formats_loaded": ("file-text", _("Formats of the release loaded")),
    "finding_noted": ("alert-triangle", _("Non-conformity noted")),
    "finding_planned": ("pencil", _("Corrective action written")),
    "finding_closed": ("check", _("Non-conformity closed")),
    "findings_handed_over": ("users", _("Non-conformities handed over")),
}
