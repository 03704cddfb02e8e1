"""Whom to visit, who goes, and how far the visit got."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation
from yanapay.mapping.choices import InterviewState
from yanapay.places.models import Area
from yanapay.surveys.models import Instrument, Submission


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, scope: Scope) -> "InterviewQuerySet":
        """All of the centres whose answers the user reads; elsewhere those assigned to the user."""
        centres = scope.centres_with("surveys.view")
        if centres is None:
            return self
        return self.filter(Q(centre__in=centres) | Q(interviewer_id=scope.user_id or 0))


class Interview(models.Model):
    """One visit of a mapping campaign: an organisation that is known, or the name of one that is not yet.

    proposed → assigned → interviewed → in review → published → unpublished; dropped with a reason.
    ``submission`` is the current answer of the interviewer.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("whom to interview"), max_length=300)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.CharField(_("how to reach them"), max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=InterviewState, default=InterviewState.PROPOSED)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    interviewed_on = models.DateField(null=True, blank=True)
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewer_name = models.CharField(max_length=150, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    is_fictitious = models.BooleanField(default=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        db_table = "mapping_interview"
        verbose_name_plural = _("interviews")
        indexes = [models.Index(fields=["centre", "state"], name="mapping_interview_state")]

    def __str__(self) -> str:
        return self.name


class InterviewStep(models.Model):
    """A move of an interview: from where to where, who, when, why."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=12, choices=InterviewState, blank=True)
    after = models.CharField(max_length=12, choices=InterviewState)
    by_name = models.CharField(max_length=150)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "mapping_interview_step"
        ordering = ["pk"]
