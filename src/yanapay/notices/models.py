"""Messages to people, shown on their page; e-mail only repeats them."""

import re
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext

from yanapay.kernel.messages import Message

ISO_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One sentence for one person, with the page where it can be acted on.

    ``text`` is an English template with ``{named}`` ``values``, translated when shown.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        db_table = "notices_notice"
        indexes = [models.Index(fields=["user", "read_at", "-created_at"], name="notices_for_user")]

    def __str__(self) -> str:
        return Message(self.text, **self.values).render(gettext, _shown)


def _shown(value: object) -> object:
    """A day as the reader writes it; kept as ISO text, because values are plain."""
    is_day = isinstance(value, str) and ISO_DAY.fullmatch(value)
    return date_format(date.fromisoformat(str(value)), "SHORT_DATE_FORMAT") if is_day else value
