"""Doing it: who helps, what is agreed, what was done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import AssignmentState, Doer
from yanapay.assistance.models.cases import Case
from yanapay.assistance.models.plans import BudgetShare, PlanAction
from yanapay.roster.models import Specialist, Technology


class Assignment(models.Model):
    """A specialist asked to help with a case; the answer is due in three days. ``reasons`` says why they."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    specialist = models.ForeignKey(Specialist, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.ASKED)
    reasons = models.JSONField(default=list)
    task = models.TextField(_("what is asked"), blank=True)
    asked_on = models.DateField()
    answer_by = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    asked_by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "assistance_assignment"
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "specialist"], condition=Q(state__in=["asked", "accepted"]),
                name="assistance_assignment_once",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("asked_on")), name="assistance_assignment_in_order"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["specialist", "state"], name="assistance_assignment_load")]


class Contract(models.Model):
    """The terms with a specialist. ``amount`` (minor units) is the sum of the milestones."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="contract")
    number = models.CharField(max_length=40)
    terms = models.TextField(_("terms"))
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "assistance_contract"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="assistance_contract_in_order"
            )
        ]


class Milestone(models.Model):
    """A deliverable and what is paid for it once the enterprise has accepted it."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="milestones")
    deliverable = models.CharField(_("deliverable"), max_length=200)
    due_on = models.DateField(_("due on"))
    amount = models.BigIntegerField(_("amount"))
    delivered_on = models.DateField(null=True, blank=True)
    delivery_note = models.TextField(_("what was delivered"), blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by_name = models.CharField(max_length=150, blank=True)
    returned_reason = models.CharField(max_length=300, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "assistance_milestone"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="assistance_milestone_amount"),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(delivered_on__isnull=False),
                name="assistance_milestone_delivered_first",
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None) | Q(accepted_on__isnull=False),
                name="assistance_milestone_accepted_first",
            ),
        ]  # fmt: skip


class Task(models.Model):
    """A step of the action plan: what, who, from when to when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    action = models.ForeignKey(
        PlanAction, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(_("task"), max_length=200)
    doer = models.CharField(_("who"), max_length=12, choices=Doer)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("until"))
    deliverable = models.CharField(_("deliverable"), max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "assistance_task"
        ordering = ["starts_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="assistance_task_in_order"
            )
        ]


class Visit(models.Model):
    """A visit planned, and what it became. ``done_on`` says that it took place.

    ``minutes`` is its length; ``women`` and ``men`` are the people of the enterprise who took part.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="visits")
    planned_on = models.DateField(_("planned for"))
    planned_at = models.TimeField(_("at"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=200)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.SET_NULL, null=True, blank=True, related_name="visits"
    )
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_index=False, on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    version = models.IntegerField(default=1)
    done_on = models.DateField(_("date of the visit"), null=True, blank=True)
    minutes = models.SmallIntegerField(_("minutes"), null=True, blank=True)
    women = models.SmallIntegerField(_("women present"), null=True, blank=True)
    men = models.SmallIntegerField(_("men present"), null=True, blank=True)
    notes = models.TextField(_("what was done"), blank=True)
    agreements = models.TextField(_("agreements"), blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    noted_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "assistance_visit"
        verbose_name_plural = _("visits")
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(minutes=None) | Q(minutes__range=(1, 1440)))
                & (Q(women=None) | Q(women__gte=0))
                & (Q(men=None) | Q(men__gte=0)),
                name="assistance_visit_sound",
            )
        ]
        indexes = [
            models.Index(
                fields=["visitor", "planned_on"], name="assistance_visit_agenda",
                condition=Q(done_on=None),
            )
        ]  # fmt: skip


class CaseFile(models.Model):
    """A photo, a scan, a technical report in somebody's own form. Bytes lie under YANAPAY_HOME/files."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    visit = models.ForeignKey(
        Visit, on_delete=models.SET_NULL, null=True, blank=True, related_name="files"
    )
    milestone = models.ForeignKey(
        Milestone, on_delete=models.SET_NULL, null=True, blank=True, related_name="files"
    )
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.FileField(upload_to="assistance/%Y/%m", max_length=300)
    author_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "assistance_file"


class TechnologyUse(models.Model):
    """A technology applied in a case and what it changed: equipment, skills, organisation."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="technologies")
    technology = models.ForeignKey(Technology, on_delete=models.PROTECT, related_name="+")
    changes_equipment = models.BooleanField(_("equipment"), default=False)
    changes_skills = models.BooleanField(_("skills"), default=False)
    changes_organisation = models.BooleanField(_("organisation"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    applied_on = models.DateField(_("applied on"))

    class Meta:
        db_table = "assistance_technology_use"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "technology"], name="assistance_technology_once"
            ),
            models.CheckConstraint(
                condition=Q(changes_equipment=True)
                | Q(changes_skills=True)
                | Q(changes_organisation=True),
                name="assistance_technology_changes_something",
            ),
        ]


class Payment(models.Model):
    """Money that came in for a share of the price. A wrong one is voided with a reason, never deleted."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="payments")
    share = models.ForeignKey(BudgetShare, on_delete=models.PROTECT, related_name="payments")
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    number = models.CharField(_("receipt"), max_length=40)
    paid_on = models.DateField(_("date"))
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)
    payer_name = models.CharField(_("who paid"), max_length=200)
    voided_on = models.DateField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    noted_by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "assistance_payment"
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="assistance_payment_positive"),
            models.CheckConstraint(
                condition=Q(voided_on=None) | ~Q(void_reason=""),
                name="assistance_payment_void_has_reason",
            ),
        ]
