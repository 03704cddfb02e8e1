"""Answers as they arrived, byte for byte, and the rows derived from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.surveys.choices import Derivation, Review
from yanapay.surveys.models.devices import Device
from yanapay.surveys.models.instruments import Instrument, Version


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, scope: Scope) -> "SubmissionQuerySet":
        """All of the centres where the user reads answers; elsewhere only those sent by the user."""
        centres = scope.centres_with("surveys.view")
        if centres is None:
            return self
        return self.filter(Q(centre__in=centres) | Q(user_id=scope.user_id or 0))

    def current(self) -> "SubmissionQuerySet":
        """The last edit of each answer."""
        return self.filter(is_current=True)

    def counted(self) -> "SubmissionQuerySet":
        """What tables count: the last edit of each answer, unless the office rejected it."""
        return self.current().exclude(review=Review.REJECTED)


class Submission(models.Model):
    """One answer to an instrument as a client sent it. ``xml`` and the attachments never change.

    An edit is a new submission whose ``deprecated_id`` names the one it replaces; all edits of an answer
    share ``root_id`` (the first ``instance_id``) and only the last is current. ``sha256`` is that of ``xml``.
    ``expected`` lists the file names that the XML mentions. Clocks of devices are not believed:
    ``received_at`` is ours.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    instance_id = models.CharField(max_length=249)
    root_id = models.CharField(max_length=249)
    deprecated_id = models.CharField(max_length=249, blank=True)
    is_current = models.BooleanField(default=True)
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    expected = models.JSONField(default=list)
    device = models.ForeignKey(
        Device, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user_name = models.CharField(max_length=150, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    review = models.CharField(max_length=12, choices=Review, default=Review.RECEIVED)
    review_note = models.CharField(max_length=1000, blank=True)
    reviewed_by_name = models.CharField(max_length=150, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    derivation = models.CharField(max_length=8, choices=Derivation, default=Derivation.PENDING)
    problem = models.CharField(max_length=500, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        db_table = "surveys_submission"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "instance_id"], name="surveys_instance_once"
            ),
            models.UniqueConstraint(
                fields=["instrument", "root_id"], condition=Q(is_current=True),
                name="surveys_one_current_edit",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["instrument", "centre", "-id"], name="surveys_submission_newest"
            ),
            models.Index(
                fields=["id"], name="surveys_submission_pending",
                condition=Q(derivation=Derivation.PENDING),
            ),
        ]  # fmt: skip


class Attachment(models.Model):
    """A file that came with a submission. Its bytes lie under ``files/`` by their digest, stored once."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "surveys_attachment"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "name"], name="surveys_attachment_once"
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["sha256"], name="surveys_attachment_bytes")]


class Record(models.Model):
    """A row derived from a submission: the answer itself (``repeat`` empty), or one turn of a repeat.

    ``values`` maps the name of a question to what was answered: a string as sent; a list of codes for a
    multiple choice. Deriving again gives the same rows.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="records")
    repeat = models.CharField(max_length=200, blank=True)
    position = models.IntegerField(default=1)
    parent_position = models.IntegerField(default=1)
    values = models.JSONField(default=dict)

    class Meta:
        db_table = "surveys_record"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "repeat", "parent_position", "position"],
                name="surveys_record_once",
            )
        ]
