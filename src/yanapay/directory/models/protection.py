"""Consent, sharing between centres, correction, merging and saved views."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.directory.choices import Channel, ConsentPurpose, RequestState
from yanapay.directory.models.organisations import Organisation
from yanapay.directory.models.persons import Person


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_on=None)


class Consent(models.Model):
    """What somebody agreed to: purpose, version of the text, day, channel; and its withdrawal."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="consents"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="consents"
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose)
    text_version = models.CharField(_("version of the text"), max_length=20)
    given_on = models.DateField(_("given on"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.CharField(max_length=150)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        db_table = "directory_consent"
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False)
                | Q(organisation__isnull=False, person=None),
                name="directory_consent_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="directory_consent_in_order",
            ),
        ]
        indexes = [
            # Most consents are of people or most are of organisations: the index of a foreign key that
            # is mostly empty looks useless to SQLite.
            models.Index(
                fields=["organisation", "purpose"], name="directory_consent_of_org",
                condition=Q(organisation__isnull=False),
            ),
            models.Index(
                fields=["person", "purpose"], name="directory_consent_of_person",
                condition=Q(person__isnull=False),
            ),
        ]  # fmt: skip


class SharingRequest(models.Model):
    """A centre asks another for the file of an organisation that it only knows to exist."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="sharing_requests"
    )
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    purpose = models.CharField(_("what for"), max_length=300)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.PENDING)
    answer = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "directory_sharing_request"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "centre"], condition=Q(state="pending"),
                name="directory_sharing_asked_once",
            )
        ]  # fmt: skip


class Share(models.Model):
    """A centre may open the file of another centre's organisation until the share ends."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="shares")
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "directory_share"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "centre"],
                condition=Q(until=None),
                name="directory_share_once",
            )
        ]


class CorrectionRequest(models.Model):
    """Somebody says that what is stored about them is wrong, or asks for its erasure."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="correction_requests")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="correction_requests",
    )
    asks_erasure = models.BooleanField(default=False)
    text = models.TextField(_("what should change"), blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.PENDING)
    answer = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "directory_correction_request"


class MergeRecord(models.Model):
    """All that is needed to undo a merge: both sides before, what survived, the rows that moved."""

    survivors = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    merged_by_name = models.CharField(max_length=150)
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Merge(MergeRecord):
    """Two records of one organisation made one."""

    keep = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    drop = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "directory_merge"


class PersonMerge(MergeRecord):
    """Two records of one person made one; an erasure empties it."""

    keep = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drop = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "directory_person_merge"


class SavedView(models.Model):
    """A filtered list that a user keeps under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=50)
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=1000)

    class Meta:
        db_table = "directory_saved_view"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page", "name"], name="directory_saved_view_once"
            )
        ]
