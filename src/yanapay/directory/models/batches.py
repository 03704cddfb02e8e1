"""A file taken in: one batch, invisible until it is published, and what its rows became."""

from django.conf import settings
from django.db import models

from yanapay.base.kept import read
from yanapay.centres.models import Centre
from yanapay.directory.choices import BatchState, RequestState

HIDDEN = (BatchState.LOADING.value, BatchState.FAILED.value)
UNPUBLISHED = "SELECT id FROM directory_import_batch WHERE state IN (%s, %s)"


def unpublished() -> list[int]:
    """Keys of batches whose rows may stand in the tables but must not be seen yet.

    Plain SQL: every page asks, several times.
    """
    return [key for (key,) in read(UNPUBLISHED, *HIDDEN)]


class ImportBatch(models.Model):
    """One file on its way into the directory, from upload to publication."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    header_signature = models.CharField(max_length=64, blank=True)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=BatchState, default=BatchState.STAGED)
    counts = models.JSONField(default=dict)
    progress = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "directory_import_batch"
        indexes = [models.Index(fields=["state"], name="directory_batch_state")]


class Provenance(models.Model):
    """Where an organisation last came from: file, row, key, and what the row said then.

    ``version`` is the organisation's version right after that import: a higher one means that a person
    has edited the record since, and then an import never overwrites it.
    """

    organisation = models.OneToOneField(
        "directory.Organisation",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="provenance",
    )
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001  NULL keeps the unique index small
    row_no = models.BigIntegerField()
    digest = models.BigIntegerField()
    version = models.IntegerField(db_default=1)
    extra = models.JSONField(null=True, blank=True)

    class Meta:
        db_table = "directory_provenance"
        indexes = [models.Index(fields=["source_key"], name="directory_provenance_key")]


class BatchChange(models.Model):
    """What one row of a file changed about an organisation that was already there."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="changes")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.CASCADE, related_name="import_changes"
    )
    row_no = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "directory_batch_change"


class Reject(models.Model):
    """A row that could not be taken, as it was, with its problems in words."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rejects")
    row_no = models.BigIntegerField()
    row = models.JSONField()
    problems = models.JSONField()

    class Meta:
        db_table = "directory_reject"


class Conflict(models.Model):
    """A row that differs from a record which a person has edited since; waits for review."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="conflicts")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.CASCADE, related_name="conflicts"
    )
    row_no = models.BigIntegerField()
    current = models.JSONField(default=dict)
    proposed = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "directory_conflict"
        indexes = [models.Index(fields=["state"], name="directory_conflict_state")]
