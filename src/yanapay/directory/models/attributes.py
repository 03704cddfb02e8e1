"""Areas, activities, coded attributes, formality, notes and files of organisations and people."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _

from yanapay.directory.choices import FormalityMark
from yanapay.directory.models.organisations import Organisation
from yanapay.directory.models.persons import Person
from yanapay.places.models import ActivityCode, Area


class OrganisationArea(models.Model):
    """A further area where an organisation works, besides its main one."""

    organisation = models.ForeignKey(
        Organisation, db_index=False, on_delete=models.CASCADE, related_name="further_areas"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "directory_organisation_area"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "area"], name="directory_area_once")
        ]


class OrganisationActivity(models.Model):
    """An activity code with the product line it stands for."""

    organisation = models.ForeignKey(
        Organisation, db_index=False, on_delete=models.CASCADE, related_name="activities"
    )
    activity = models.ForeignKey(ActivityCode, on_delete=models.PROTECT, related_name="+")
    product_line = models.CharField(
        _("product line"), max_length=200, blank=True, db_default="", default=""
    )
    is_main = models.BooleanField(db_default=True, default=True)

    class Meta:
        db_table = "directory_organisation_activity"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "activity"], name="directory_activity_once"
            )
        ]


class Term(models.Model):
    """A code of a closed vocabulary with its labels; vocabularies are data."""

    vocabulary = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    label_es = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)

    class Meta:
        db_table = "directory_term"
        ordering = ["vocabulary", "code"]
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="directory_term_once")
        ]

    @property
    def label(self) -> str:
        return self.label_en if (get_language() or "es").startswith("en") else self.label_es


class CodedAttribute(models.Model):
    """A need, strength, opportunity, activity line… of an organisation, with date and source."""

    organisation = models.ForeignKey(
        Organisation, db_index=False, on_delete=models.CASCADE, related_name="attributes"
    )
    vocabulary = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    noted_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True, db_default="", default="")

    class Meta:
        db_table = "directory_coded_attribute"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "vocabulary", "code"], name="directory_attribute_once"
            )
        ]
        indexes = [models.Index(fields=["vocabulary", "code"], name="directory_attribute_code")]


class Formality(models.Model):
    """A dated mark of formality: brand, sanitary registration, licence, certification."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="formality"
    )
    mark = models.CharField(_("mark"), max_length=20, choices=FormalityMark)
    number = models.CharField(_("number"), max_length=60, blank=True)
    obtained_on = models.DateField(_("obtained on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    class Meta:
        db_table = "directory_formality"


_ONE_SUBJECT = Q(organisation=None, person__isnull=False) | Q(
    organisation__isnull=False, person=None
)


class Note(models.Model):
    """What somebody wrote down about an organisation or a person. Private to the centre."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="notes"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="notes"
    )
    text = models.TextField(_("text"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "directory_note"
        constraints = [
            models.CheckConstraint(condition=_ONE_SUBJECT, name="directory_note_one_subject")
        ]


class FileRecord(models.Model):
    """A file kept with an organisation or a person; its bytes lie under YANAPAY_HOME/files."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.FileField(upload_to="directory/%Y/%m", max_length=300)
    author_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "directory_file"
        constraints = [
            models.CheckConstraint(condition=_ONE_SUBJECT, name="directory_file_one_subject")
        ]
