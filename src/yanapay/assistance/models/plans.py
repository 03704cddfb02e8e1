"""What is proposed: versions of a plan with its actions, indicators, budget and shares."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import BudgetKind, Direction, Payer, PlanState, ShareBy, Signature
from yanapay.assistance.models.cases import Case
from yanapay.assistance.models.diagnosis import TreeNode


class Plan(models.Model):
    """One version of the improvement plan and its budget, all in one currency.

    ``cost``, ``price`` and the amounts of the shares are minor units, written by the actions: cost is the sum
    of the lines, the shares add up to the price. Once offered, a version does not change; a new one
    replaces it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    number = models.SmallIntegerField()
    version = models.IntegerField(default=1)  # of the edits while it is a draft
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    objective = models.TextField(_("objective"), blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    cost = models.BigIntegerField(default=0)
    markup = models.IntegerField(
        null=True, blank=True
    )  # basis points on the cost; none: a set price
    price = models.BigIntegerField(_("price"), default=0)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    valid_until = models.DateField(_("offer valid until"), null=True, blank=True)
    offered_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by_name = models.CharField(_("name of who decides"), max_length=150, blank=True)
    signature = models.CharField(max_length=10, choices=Signature, blank=True)
    signature_image = models.FileField(upload_to="assistance/%Y/%m", max_length=300, blank=True)
    code_digest = models.CharField(max_length=128, blank=True)  # of the code sent by message
    code_tries = models.SmallIntegerField(default=0)
    refusal_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        db_table = "assistance_plan"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="assistance_plan_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=PlanState.ACCEPTED),
                name="assistance_plan_one_accepted",
            ),
            models.CheckConstraint(
                condition=Q(cost__gte=0) & Q(price__gte=0), name="assistance_plan_not_negative"
            ),
        ]  # fmt: skip


class PlanAction(models.Model):
    """Objective → action → expected result."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    cause = models.ForeignKey(
        TreeNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    objective = models.CharField(_("objective"), max_length=200)
    action = models.TextField(_("action"))
    result = models.CharField(_("expected result"), max_length=300, blank=True)
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "assistance_plan_action"
        ordering = ["position", "pk"]


class Indicator(models.Model):
    """How a result is measured. Values are in thousandths of ``unit`` so that sums are exact."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    direction = models.CharField(
        _("direction"), max_length=5, choices=Direction, default=Direction.UP
    )
    baseline = models.BigIntegerField(_("today"), null=True, blank=True)
    target = models.BigIntegerField(_("target"), null=True, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    method = models.CharField(_("how it is measured"), max_length=200, blank=True)
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "assistance_indicator"
        ordering = ["position", "pk"]


class BudgetLine(models.Model):
    """Quantity times unit cost. ``quantity`` is in hundredths (250 = two and a half days)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("kind"), max_length=12, choices=BudgetKind)
    description = models.CharField(_("description"), max_length=200)
    quantity = models.IntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    unit_cost = models.BigIntegerField(_("unit cost"))
    cost = models.BigIntegerField()
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "assistance_budget_line"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(unit_cost__gte=0) & Q(cost__gte=0),
                name="assistance_line_positive",
            )
        ]


class BudgetShare(models.Model):
    """What one payer pays of the price. ``source`` names the programme or the voucher.

    ``amount`` holds; ``by`` and ``percent`` (basis points) say how it was agreed, for the next edit.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="shares")
    payer = models.CharField(_("who pays"), max_length=12, choices=Payer)
    source = models.CharField(_("which one"), max_length=150, blank=True)
    by = models.CharField(max_length=8, choices=ShareBy, default=ShareBy.AMOUNT)
    percent = models.IntegerField(null=True, blank=True)
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        db_table = "assistance_budget_share"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="assistance_share_positive")
        ]
