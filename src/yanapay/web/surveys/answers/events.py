"""The business events of forms, answers and devices in words, each with its icon."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, tuple[str, str | Promise]] = {
    "answers_received": ("inbox", _("Answers received")),
    "answer_corrected": ("pencil", _("Answer corrected")),
    "answer_reviewed": ("check", _("Answer reviewed")),
    "answer_coded": ("tag", _("Answer coded")),
    "codes_decided": ("check", _("Codes decided between coders")),
    "files_swept": ("trash", _("Files that belong to no answer removed")),
    "form_uploaded": ("upload", _("Version of a form uploaded")),
    "form_published": ("check", _("Version of a form published")),
    "form_discarded": ("trash", _("Draft of a form discarded")),
    "form_state_changed": ("route", _("Form opened or closed")),
    "form_mapping_changed": ("route", _("Questions and fields changed")),
    "form_media_added": ("paperclip", _("Files of a form added")),
    "device_created": ("phone", _("Device handed out")),
    "device_revoked": ("x", _("Device taken back")),
}
