"""Specialists, trainers and suppliers of a centre, what they know and where they go."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, Person
from yanapay.places.models import ActivityCode, Area
from yanapay.roster.choices import SpecialistKind, Topic
from yanapay.roster.models.technologies import Technology


class SpecialistQuerySet(models.QuerySet["Specialist"]):
    def visible_to(self, scope: Scope) -> "SpecialistQuerySet":
        """The roster of the user's centres; a specialist always sees their own entry."""
        centres = scope.centres_with("roster.view")
        if centres is None:
            return self
        mine = Q(user=scope.user_id) if scope.user_id else Q(pk=None)
        return self.filter(Q(centre__in=centres) | mine)

    def active(self) -> "SpecialistQuerySet":
        return self.filter(is_active=True)


class Specialist(models.Model):
    """Somebody (or a supplier firm) whom a centre can send to a client.

    ``user`` is their sign-in, if they have one. ``day_rate`` is in minor units of ``currency``.
    ``most_cases`` is the load they accept at once.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=12, choices=SpecialistKind)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    profession = models.CharField(_("profession"), max_length=200, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    day_rate = models.BigIntegerField(_("rate per day"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    most_cases = models.SmallIntegerField(_("cases at once"), default=4)
    conflicts = models.TextField(_("conflicts of interest"), blank=True)
    is_active = models.BooleanField(default=True)
    inactive_reason = models.CharField(max_length=300, blank=True)
    is_fictitious = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SpecialistQuerySet.as_manager()

    class Meta:
        db_table = "roster_specialist"
        verbose_name_plural = _("entries of the roster")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False),
                name="roster_specialist_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(day_rate=None) | (Q(day_rate__gte=0) & ~Q(currency="")),
                name="roster_specialist_rate",
            ),
            models.UniqueConstraint(
                fields=["centre", "kind", "person"], condition=Q(person__isnull=False),
                name="roster_specialist_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["centre", "is_active"], name="roster_specialist_centre")]

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class Speciality(models.Model):
    """One thing a specialist knows: a topic, narrowed by an activity (ISIC) or a technology."""

    specialist = models.ForeignKey(
        Specialist, on_delete=models.CASCADE, related_name="specialities"
    )
    topic = models.CharField(_("topic"), max_length=30, choices=Topic)
    activity = models.ForeignKey(
        ActivityCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    technology = models.ForeignKey(
        Technology, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    years = models.SmallIntegerField(_("years of experience"), null=True, blank=True)

    class Meta:
        db_table = "roster_speciality"
        verbose_name_plural = _("specialities")


class CoveredArea(models.Model):
    """An area to which a specialist goes; everything below it is covered too."""

    specialist = models.ForeignKey(Specialist, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "roster_covered_area"
        constraints = [
            models.UniqueConstraint(fields=["specialist", "area"], name="roster_area_once")
        ]
