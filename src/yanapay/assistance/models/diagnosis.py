"""What is the matter: the scored diagnosis and the problem tree."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import NodeRole
from yanapay.assistance.models.cases import Case
from yanapay.directory.models import Observation


class Diagnosis(models.Model):
    """The scored questionnaire with its baseline figures, and the version of the tree.

    ``answers`` maps a question code of the questionnaire to 0 to 4; ``questionnaire`` is the version of the
    questions, so that only like is compared with like.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="diagnosis")
    version = models.IntegerField(default=1)
    tree_version = models.IntegerField(default=1)
    done_on = models.DateField(_("date of the diagnosis"), null=True, blank=True)
    questionnaire = models.CharField(max_length=20, blank=True)
    answers = models.JSONField(default=dict)
    baseline = models.ForeignKey(
        Observation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    strengths = models.TextField(_("strengths"), blank=True)
    conclusions = models.TextField(_("conclusions"), blank=True)
    done_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "assistance_diagnosis"


class TreeNode(models.Model):
    """A problem: the central one, one of its causes or one of its effects.

    ``objective`` is the node turned into a wish ("low yield" → "higher yield"); empty: derived by rule.
    ``weight`` (1 to 5) is how much it matters. ``position`` orders siblings.
    """

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="nodes")
    role = models.CharField(max_length=10, choices=NodeRole)
    text = models.CharField(_("problem"), max_length=200)
    objective = models.CharField(_("objective"), max_length=200, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    is_addressable = models.BooleanField(_("can be addressed"), default=False)
    weight = models.SmallIntegerField(_("weight"), default=3)
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "assistance_tree_node"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["diagnosis"], condition=Q(role=NodeRole.CENTRAL),
                name="assistance_tree_one_centre",
            ),
            models.CheckConstraint(condition=Q(weight__range=(1, 5)), name="assistance_tree_weight"),
            models.CheckConstraint(condition=~Q(text=""), name="assistance_tree_has_text"),
        ]  # fmt: skip


class TreeEdge(models.Model):
    """``cause`` brings about ``effect``. The edges of a tree form no cycle (kept by the actions)."""

    cause = models.ForeignKey(TreeNode, on_delete=models.CASCADE, related_name="effects")
    effect = models.ForeignKey(TreeNode, on_delete=models.CASCADE, related_name="causes")

    class Meta:
        db_table = "assistance_tree_edge"
        constraints = [
            models.UniqueConstraint(fields=["cause", "effect"], name="assistance_edge_once"),
            models.CheckConstraint(condition=~Q(cause=F("effect")), name="assistance_edge_not_itself"),
        ]  # fmt: skip
