"""Runs of the linkage, and the pairs of organisations that may be one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.choices import Status
from yanapay.directory.models import Organisation
from yanapay.linkage.choices import PairState, RunState


class LinkageRun(models.Model):
    """One search for duplicates: over the clients of one centre, or over all of them (by the operator)."""

    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    step = models.CharField(max_length=20, blank=True)
    progress = models.SmallIntegerField(default=0)
    model_version = models.CharField(max_length=20, blank=True)
    counts = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    started_by_name = models.CharField(max_length=150)
    started_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "linkage_run"
        get_latest_by = "started_at"
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__range=(0, 100)), name="linkage_run_progress_percent"
            )
        ]


class CandidatePairQuerySet(models.QuerySet["CandidatePair"]):
    def waiting(self) -> "CandidatePairQuerySet":
        """Pairs that nobody has judged, of two records that are both still there."""
        return self.filter(state=PairState.PENDING).exclude(
            Q(left__status=Status.MERGED) | Q(right__status=Status.MERGED)
        )

    def visible_to(self, scope: Scope) -> "CandidatePairQuerySet":
        """Pairs both of whose sides belong to centres where the user merges."""
        centres = scope.centres_with("directory.merge")
        if centres is None:
            return self
        return self.filter(left__centre__in=centres, right__centre__in=centres)

    def best_first(self) -> "CandidatePairQuerySet":
        return self.order_by("-score", "pk")


class CandidatePair(models.Model):
    """Two organisations that may be one, how likely it is and why. A pair judged different stays judged."""

    stays_on_merge = True

    left = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=PairState, default=PairState.PENDING)
    run = models.ForeignKey(
        LinkageRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)

    objects = CandidatePairQuerySet.as_manager()

    class Meta:
        db_table = "linkage_candidate_pair"
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="linkage_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="linkage_pair_in_order"),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="linkage_pair_score"),
        ]
        indexes = [models.Index(fields=["state", "-score", "id"], name="linkage_pair_queue")]

    @property
    def percent(self) -> int:
        """The likelihood in whole percent, never rounded up to certainty."""
        return int(self.score * 100)
