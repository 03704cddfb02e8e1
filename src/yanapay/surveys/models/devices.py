"""Telephones and tablets that fetch forms and send answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanapay.accounts.models import Token
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.surveys.models.instruments import Instrument


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, scope: Scope) -> "DeviceQuerySet":
        """Those of the centres whose forms the user manages, and the user's own."""
        centres = scope.centres_with("surveys.manage")
        if centres is None:
            return self
        return self.filter(
            models.Q(centre__in=centres) | models.Q(token__user_id=scope.user_id or 0)
        )


class Device(models.Model):
    """A client with an address of its own (``/odk/t/<token>``), bound to a user, a centre and maybe a form.

    The token holds the scope ``forms:submit`` and nothing else; only its digest is kept.
    """

    token = models.OneToOneField(Token, on_delete=models.CASCADE, related_name="+")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(
        Instrument, on_delete=models.CASCADE, null=True, blank=True, related_name="devices"
    )
    label = models.CharField(_("name of the device"), max_length=100, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_agent = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        db_table = "surveys_device"
