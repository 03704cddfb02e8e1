"""What was found not to follow the procedure, and what was done about it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.quality.choices import FindingKind, FindingState
from yanapay.quality.models.documents import Document


class NonconformityQuerySet(models.QuerySet["Nonconformity"]):
    def visible_to(self, scope: Scope) -> "NonconformityQuerySet":
        centres = scope.centres_with("assistance.view")
        return self if centres is None else self.filter(centre__in=centres)

    def standing(self) -> "NonconformityQuerySet":
        return self.exclude(state=FindingState.CLOSED)


class Nonconformity(models.Model):
    """A finding with cause, corrective action, whoever answers for it, and the check that it worked."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=FindingKind)
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.OPEN)
    found_on = models.DateField(_("found on"))
    description = models.TextField(_("what was found"))
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="nonconformities"
    )
    cause = models.TextField(_("cause"), blank=True)
    correction = models.TextField(_("corrective action"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    verification = models.TextField(_("how it was checked that it worked"), blank=True)
    version = models.IntegerField(default=1)
    found_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NonconformityQuerySet.as_manager()

    class Meta:
        db_table = "quality_nonconformity"
        verbose_name_plural = _("non-conformities")
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="quality_finding_once"),
            models.CheckConstraint(
                condition=Q(state=FindingState.CLOSED, closed_on__isnull=False)
                | (~Q(state=FindingState.CLOSED) & Q(closed_on=None)),
                name="quality_finding_closed_on",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("found_on")),
                name="quality_finding_in_order",
            ),
        ]
