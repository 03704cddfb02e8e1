"""Institutions, their centres and teams, and who works there in which role."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.accounts.models import Role
from yanapay.places.models import Area


class Institution(models.Model):
    """The body that runs centres: a training institute, an NGO, a municipality, a network."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    country = models.CharField(_("country"), max_length=2, default="PE")

    class Meta:
        db_table = "centres_institution"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Centre(models.Model):
    """Where clients are served. Data belong to a centre; the scope of a user is cut by centres."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="centres")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    time_zone = models.CharField(_("time zone"), max_length=50, default="America/Lima")
    currency = models.CharField(_("currency"), max_length=3, default="PEN")
    is_active = models.BooleanField(default=True)
    is_fictitious = models.BooleanField(default=False)

    class Meta:
        db_table = "centres_centre"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People of a centre who share work."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        db_table = "centres_team"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="centres_team_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date) -> "MembershipQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on, user__is_active=True)


class Membership(models.Model):
    """A user's role in a centre over a time; ``until`` is the first day on which it no longer holds.

    Without a centre it holds for the installation, which makes sense for roles that hold everywhere.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="members"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        db_table = "centres_membership"
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="centres_membership_in_order"
            ),
            models.UniqueConstraint(
                fields=["user", "centre", "role"], condition=Q(until=None),
                name="centres_membership_role_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(until=None, centre=None),
                name="centres_membership_everywhere_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user}: {self.role} @ {self.centre or '*'}"
