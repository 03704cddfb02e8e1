"""The public directory: one entry per organisation, holding only what may be shown.

Public pages, downloads and the read-only API read these tables and no others: what was not approved for the
public is not there to leak.
"""

from django.db import models
from django.db.models import Q

from yanapay.centres.rules import Scope
from yanapay.directory.choices import Kind, Precision
from yanapay.directory.models import Organisation
from yanapay.mapping.choices import Answer, EntryState
from yanapay.places.models import Area


class EntryQuerySet(models.QuerySet["Entry"]):
    def public(self) -> "EntryQuerySet":
        """What anybody may see."""
        return self.exclude(state=EntryState.UNPUBLISHED)

    def visible_to(self, scope: Scope) -> "EntryQuerySet":
        """For the office: entries of the organisations of centres where the user reviews."""
        centres = scope.centres_with("surveys.review")
        return self if centres is None else self.filter(organisation__centre__in=centres)


class Entry(models.Model):
    """The last approved public version of an organisation; it stays shown while a change waits.

    ``slug`` is the public address, stable for ever. ``shown`` holds the public fields that no list or
    filter needs (``mapping.rules.fields.SHOWN``). An external entry shows name, kind, area, website and
    its source with the date, nothing else.
    """

    stays_on_merge = True  # ``actions.following`` moves it: its old address must lead on

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=90, unique=True)
    state = models.CharField(max_length=12, choices=EntryState)
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    acronym = models.CharField(max_length=60, blank=True)
    search_text = models.TextField(default="", db_default="")
    kind = models.CharField(max_length=30, choices=Kind)
    country = models.CharField(max_length=2, default="PE")
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    department = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision, blank=True)
    website = models.CharField(max_length=300, blank=True)
    shown = models.JSONField(default=dict)
    number = models.IntegerField(default=1)
    source = models.CharField(max_length=300, blank=True)
    source_date = models.DateField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    told_on = models.DateField(null=True, blank=True)  # by its own people, the last time
    approved_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    unpublished_reason = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    is_fictitious = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        db_table = "mapping_entry"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=EntryState.EXTERNAL)
                | (~Q(source="") & Q(source_date__isnull=False)),
                name="mapping_external_names_its_source",
            )
        ]
        indexes = [
            models.Index(fields=["name_key", "id"], name="mapping_entry_name"),
            models.Index(fields=["department", "name_key"], name="mapping_entry_department"),
            models.Index(fields=["kind", "name_key"], name="mapping_entry_kind"),
            models.Index(fields=["updated_at"], name="mapping_entry_updated"),
        ]

    def __str__(self) -> str:
        return self.name


class EntryCode(models.Model):
    """A code by which entries are filtered and counted: activity line, need, strength, network…"""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="codes")
    vocabulary = models.CharField(max_length=40)
    code = models.CharField(max_length=60)

    class Meta:
        db_table = "mapping_entry_code"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "vocabulary", "code"], name="mapping_entry_code_once"
            )
        ]
        indexes = [
            models.Index(fields=["vocabulary", "code", "entry"], name="mapping_entry_code_filter")
        ]


class EntryVersion(models.Model):
    """What an entry showed from an approval on."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    state = models.CharField(max_length=12, choices=EntryState)
    shown = models.JSONField(default=dict)  # all public fields, also those with columns
    approved_by_name = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "mapping_entry_version"
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="mapping_version_once")
        ]


class Claim(models.Model):
    """A code with which the people of an organisation take over its page. Only its digest is kept."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="claims")
    digest = models.CharField(max_length=64, unique=True)
    issued_by_name = models.CharField(max_length=150)
    issued_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mapping_claim"


class Confirmation(models.Model):
    """The yearly question "is this still right?", with its answer."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="confirmations")
    digest = models.CharField(max_length=64, unique=True)
    asked_on = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "mapping_confirmation"
