"""The key with which a calendar program reads somebody's agenda."""

from django.conf import settings
from django.db import models


class CalendarKey(models.Model):
    """Whoever knows the address that was shown once reads the agenda of the user; only its digest is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "assistance_calendar_key"
