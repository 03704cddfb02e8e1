"""Events, the head of each chain, and the personal values that an erasure may remove."""

from django.db import models
from django.db.models import Q

from yanapay.audit.rules import GENESIS, Entry


class Chain(models.Model):
    """The last link of a centre's chain, locked while the next is written. 0: the installation."""

    id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        db_table = "audit_chain"

    def __str__(self) -> str:
        return f"{self.pk}/{self.seq}"


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, object_type: str, object_id: object) -> "EventQuerySet":
        return self.filter(object_type=object_type, object_id=str(object_id))

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-id")


class Event(models.Model):
    """One business event. Written once; triggers refuse every update and delete."""

    chain = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    centre_id = models.BigIntegerField(null=True)
    centre_name = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=100)
    object_type = models.CharField(max_length=50)
    object_id = models.CharField(max_length=50, blank=True)
    changes = models.JSONField(default=dict)
    personal = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        db_table = "audit_event"
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_event_one_per_link"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="audit_event_seq_from_one"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_event_object"),
            models.Index(fields=["centre_id", "-id"], name="audit_event_centre"),
            models.Index(fields=["actor_id", "-id"], name="audit_event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.action}"

    def entry(self) -> Entry:
        """What the hash covers, as it stands in the database."""
        return Entry(
            self.chain, self.seq, self.at.isoformat(), self.actor_id, self.actor_name,
            self.centre_id, self.centre_name, self.action, self.object_type, self.object_id,
            self.changes, self.personal, self.reason,
        )  # fmt: skip


class PersonalValue(models.Model):
    """A personal value of an event, apart from the chain so that erasure can remove it.

    ``subject`` names whose value it is ("person:12"); rows may be deleted, never changed.
    """

    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, related_name="personal_values")
    subject = models.CharField(max_length=50)
    field = models.CharField(max_length=50)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    salt = models.CharField(max_length=32)

    class Meta:
        db_table = "audit_personal_value"
        indexes = [models.Index(fields=["subject"], name="audit_personal_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}"
