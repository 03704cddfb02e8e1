"""Accreditation: what a specialist must show, what was shown, when they are away, how they did."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext_lazy as _

from yanapay.roster.choices import SpecialistKind
from yanapay.roster.models.specialists import Specialist


class Requirement(models.Model):
    """What a kind of specialist must show, from a day on: dated data, not code."""

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=SpecialistKind)
    label_es = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    is_mandatory = models.BooleanField(default=True)
    valid_months = models.SmallIntegerField(null=True, blank=True)  # None: never expires
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "roster_requirement"
        ordering = ["kind", "-is_mandatory", "code"]

    @property
    def label(self) -> str:
        return self.label_en if (get_language() or "es").startswith("en") else self.label_es


class Credential(models.Model):
    """Proof that a requirement is met, checked by somebody. A newer one replaces it by its date."""

    specialist = models.ForeignKey(Specialist, on_delete=models.CASCADE, related_name="credentials")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    obtained_on = models.DateField(_("obtained on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    evidence = models.CharField(_("what was shown"), max_length=300)
    stored = models.FileField(upload_to="roster/%Y/%m", max_length=300, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    checked_by_name = models.CharField(max_length=150)
    checked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "roster_credential"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("obtained_on")),
                name="roster_credential_in_order",
            )
        ]


class Absence(models.Model):
    """Days on which a specialist takes no work; both ends included."""

    specialist = models.ForeignKey(Specialist, on_delete=models.CASCADE, related_name="absences")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        db_table = "roster_absence"
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="roster_absence_in_order")
        ]  # fmt: skip


class Rating(models.Model):
    """How a specialist did in one piece of work, from 1 to 5. ``subject`` names it ("SAT-2026-0007")."""

    specialist = models.ForeignKey(Specialist, on_delete=models.CASCADE, related_name="ratings")
    rated_on = models.DateField()
    score = models.SmallIntegerField(_("score"))
    comment = models.TextField(_("comment"), blank=True)
    subject = models.CharField(max_length=40, blank=True)
    rated_by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "roster_rating"
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="roster_rating_range")
        ]
