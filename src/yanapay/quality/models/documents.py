"""Formats with their versions, numbers without gaps, and the documents made with them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope


class Series(models.Model):
    """The last number given in a centre and year for one kind of record: ``SAT-2026-0007``."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        db_table = "quality_series"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "code", "year"], name="quality_series_once"
            )
        ]  # fmt: skip


class Format(models.Model):
    """A controlled format: the sheet on which a kind of record is kept."""

    code = models.CharField(max_length=20, unique=True)
    series = models.CharField(max_length=10)
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    retention_years = models.SmallIntegerField(default=10)

    class Meta:
        db_table = "quality_format"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title_en if (get_language() or "es").startswith("en") else self.title_es


class FormatVersion(models.Model):
    """One version of a format, in force from a day on. A record keeps the version it was made with."""

    format = models.ForeignKey(Format, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    since = models.DateField()
    template = models.CharField(max_length=60)
    changes = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "quality_format_version"
        ordering = ["format__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["format", "number"], name="quality_version_once")
        ]


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, scope: Scope) -> "DocumentQuerySet":
        """The archive of the centres where the user sees cases; others open single ones by their subject."""
        centres = scope.centres_with("assistance.view")
        return self if centres is None else self.filter(centre__in=centres)

    def about(self, subject_type: str, subject_id: int) -> "DocumentQuerySet":
        return self.filter(subject_type=subject_type, subject_id=subject_id)


class Document(models.Model):
    """A numbered PDF as it was issued, with the values that it shows. Never changed.

    What was wrong is set right by an addendum: another document that names the one it corrects, and why.
    ``subject_type`` and ``subject_id`` name the record of an upper domain ("case", 12), ``about`` the part
    of it that is shown ("visit:7"; empty: all of it). ``content`` and the file are emptied by an erasure;
    number, format and day stay.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(FormatVersion, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    subject_type = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    about = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField()
    language = models.CharField(max_length=5, default="es")
    content = models.JSONField(default=dict)
    pages = models.SmallIntegerField(default=1)
    stored = models.FileField(upload_to="documents/%Y/%m", max_length=300, blank=True)
    size = models.IntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="addenda"
    )
    reason = models.CharField(max_length=300, blank=True)
    issued_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        db_table = "quality_document"
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="quality_number_once"),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="quality_addendum_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="quality_document_subject")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
