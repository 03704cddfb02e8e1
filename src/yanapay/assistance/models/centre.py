"""The centre itself: what it costs, what it earns, and how it passes to another institution."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import Component, EntryKind, TransferPhase
from yanapay.assistance.models.cases import Case
from yanapay.centres.models import Centre, Institution


class CostRate(models.Model):
    """What an hour of staff and a visit cost a centre, from a day on (minor units)."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(_("since"))
    staff_hour = models.BigIntegerField(_("an hour of staff"))
    visit_travel = models.BigIntegerField(_("travel per visit"))
    overhead_percent = models.SmallIntegerField(_("overhead (%)"), default=0)
    currency = models.CharField(max_length=3)

    class Meta:
        db_table = "assistance_cost_rate"
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "since"], name="assistance_cost_rate_once")
        ]


class CentreEntry(models.Model):
    """A cost or an income of a centre, of one case or of none. Payments of clients are not repeated here."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=15, choices=EntryKind)
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)
    note = models.CharField(_("note"), max_length=200, blank=True)
    voided_on = models.DateField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    noted_by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "assistance_centre_entry"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="assistance_entry_positive"),
            models.CheckConstraint(
                condition=Q(voided_on=None) | ~Q(void_reason=""),
                name="assistance_entry_void_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["centre", "on"], name="assistance_entry_month")]


class ServiceTransfer(models.Model):
    """The whole service of a centre handed from one institution to another, in three phases."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=20, choices=TransferPhase, default=TransferPhase.INITIAL)
    agreed_on = models.DateField(_("agreed on"))
    shared_since = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    terms = models.TextField(_("terms"), blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "assistance_service_transfer"
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="assistance_service_elsewhere"
            )
        ]


class TransferComponent(models.Model):
    """One thing that is handed over, and its acceptance."""

    transfer = models.ForeignKey(
        ServiceTransfer, on_delete=models.CASCADE, related_name="components"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Component)
    description = models.CharField(_("what"), max_length=300)
    handed_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by_name = models.CharField(max_length=150, blank=True)
    remarks = models.CharField(_("remarks"), max_length=300, blank=True)

    class Meta:
        db_table = "assistance_transfer_component"
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(handed_on__isnull=False),
                name="assistance_component_handed_first",
            )
        ]
