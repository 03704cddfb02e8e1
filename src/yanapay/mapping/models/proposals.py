"""Changes of an organisation that wait for a reviewer, wherever they come from."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation
from yanapay.mapping.choices import ProposalState, Source
from yanapay.mapping.models.interviews import Interview
from yanapay.surveys.models import Submission


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, scope: Scope) -> "ProposalQuerySet":
        centres = scope.centres_with("surveys.review")
        return self if centres is None else self.filter(centre__in=centres)

    def pending(self) -> "ProposalQuerySet":
        return self.filter(state=ProposalState.PENDING)


class Proposal(models.Model):
    """What somebody says of an organisation, field by field, beside what the directory holds.

    ``proposed`` maps fields (``mapping.rules.fields``) to values; ``decisions`` the same fields to
    "accepted" or "refused". ``corrected`` holds what the reviewer wrote instead of what was proposed,
    ``held`` what the directory said when it was decided. ``base_version`` is the organisation's when the
    proposal was made: a field that changed since is shown as a conflict. ``contact`` (self-registration) is
    personal and emptied when the proposal is decided.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=12, choices=Source)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    interview = models.ForeignKey(
        Interview, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    proposed = models.JSONField(default=dict)
    base_version = models.IntegerField(default=0)
    contact = models.JSONField(default=dict)
    consents = models.JSONField(default=list)  # purposes agreed to in the form
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.PENDING)
    decisions = models.JSONField(default=dict)
    corrected = models.JSONField(default=dict)
    held = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    is_fictitious = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        db_table = "mapping_proposal"
        verbose_name_plural = _("proposed changes")
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(submission__isnull=False),
                name="mapping_proposal_per_submission",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["centre", "id"], name="mapping_proposal_pending",
                condition=Q(state=ProposalState.PENDING),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def accepted(self) -> dict[str, Any]:
        """What went into the directory, field by field, as corrected."""
        taken = (field for field, decision in self.decisions.items() if decision == "accepted")
        told = {**self.proposed, **self.corrected}
        return {field: told[field] for field in taken if field in told}

    @property
    def said_on(self) -> date:
        """The day of the interview, else the one on which it came."""
        if self.interview and self.interview.interviewed_on:
            return self.interview.interviewed_on
        return timezone.localdate(self.created_at)

    @property
    def name(self) -> str:
        """What the directory calls it, else what it was called."""
        known = self.organisation.name if self.organisation else ""
        return known or str(self.proposed.get("name", "")) or "—"
