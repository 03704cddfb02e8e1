"""The business events of answers and devices in words, each with its icon."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, tuple[str, str | Promise]] = {
    "answers_received": ("inbox", _("Answers received")),
    "answer_corrected": ("pencil", _("Answer corrected")),
    "answer_reviewed": ("check", _("Answer reviewed")),
    "answer_coded": ("tag", _("Answer coded")),
    "codes_decided": ("check", _("Codes decided between coders")),
    "device_created": ("phone", _("Device handed out")),
    "device_revoked": ("x", _("Device taken back")),
}
