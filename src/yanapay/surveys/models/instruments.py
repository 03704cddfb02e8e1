"""Instruments (XLSForms) with their versions and media."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.surveys.choices import FormState, Purpose


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def visible_to(self, scope: Scope) -> "InstrumentQuerySet":
        """Those of the user's centres, and the shipped ones, which belong to nobody."""
        centres = scope.centres_with("surveys.view")
        return self if centres is None else self.filter(Q(centre=None) | Q(centre__in=centres))

    def fillable_by(self, scope: Scope) -> "InstrumentQuerySet":
        """Open ones that the user may fill in."""
        centres = scope.centres_with("surveys.submit")
        found = self.filter(state=FormState.OPEN)
        if centres is None:
            return found
        if not centres:
            return self.none()
        return found.filter(Q(centre=None) | Q(centre__in=centres))


class Instrument(models.Model):
    """A form that is asked in the field, known to clients by its ``form_id``.

    ``mapping`` tells which question fills which field of the directory (``mapping.rules.fields``).
    ``current`` is the published version that clients are offered; older published ones are still accepted.
    """

    form_id = models.CharField(_("form id"), max_length=64, unique=True)
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.JSONField(default=dict)  # language -> title
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.OTHER)
    state = models.CharField(max_length=8, choices=FormState, default=FormState.DRAFT)
    current = models.ForeignKey(
        "Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mapping = models.JSONField(default=dict)
    is_shipped = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        db_table = "surveys_instrument"
        ordering = ["form_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FormState.DRAFT) | Q(current__isnull=False),
                name="surveys_instrument_open_has_version",
            )
        ]

    def __str__(self) -> str:
        spoken = (get_language() or "es")[:2]
        return str(self.title.get(spoken) or next(iter(self.title.values()), self.form_id))


class Version(models.Model):
    """One version of an instrument: the workbook as uploaded, the XForm made of it, what the checks said.

    ``schema`` lists the questions in order: ``{"path", "name", "type", "labels", "list", "repeat",
    "personal"}`` and, for pages and paper, ``{"row", "hints", "notes", "section", "section_logic", "logic",
    "relevant", "required", "appearance"}``; ``choices`` the lists: ``{list: [{"code", "labels"}]}``, those
    of a CSV file under its name. Labels are by code of the language. ``findings`` are read by
    ``rules.xlsform.finding``. ``xform`` never changes once published: clients compare ``md5`` with what
    they have.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(_("version"), max_length=64)
    workbook_name = models.CharField(max_length=255)
    workbook = models.BinaryField()
    xform = models.BinaryField()
    md5 = models.CharField(max_length=32)
    languages = models.JSONField(default=list)
    schema = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    validated_by = models.CharField(max_length=40, blank=True)
    uploaded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "surveys_version"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="surveys_version_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Media(models.Model):
    """A picture or list that a version of a form needs on the device."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="media")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    content_type = models.CharField(max_length=100)
    md5 = models.CharField(max_length=32)

    class Meta:
        db_table = "surveys_media"
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="surveys_media_once")
        ]
