"""What changed: the visits after the end and the values measured then."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import Round, Signature
from yanapay.assistance.models.cases import Case
from yanapay.assistance.models.plans import Indicator
from yanapay.directory.models import Observation


class Evaluation(models.Model):
    """One measurement round of a case.

    ``satisfaction`` is 1 to 5, ``attribution`` the percentage of the change that the client owes to the
    assistance; ``confirmed_*`` is the client's own word for it. ``answers`` maps questions asked in passing
    ("has_brand", "has_sanitary") to true or false; a question that is not there was not answered.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evaluations")
    round = models.CharField(max_length=6, choices=Round)
    version = models.IntegerField(default=1)
    due_from = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(_("date of the visit"), null=True, blank=True)
    satisfaction = models.SmallIntegerField(_("satisfaction"), null=True, blank=True)
    attribution = models.SmallIntegerField(
        _("share of the change owed to the assistance (%)"), null=True, blank=True
    )
    effect = models.TextField(_("what changed"), blank=True)
    remaining = models.TextField(_("what remains"), blank=True)
    answers = models.JSONField(default=dict)
    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=150, blank=True)
    confirmed_how = models.CharField(max_length=10, choices=Signature, blank=True)
    signature_image = models.FileField(upload_to="assistance/%Y/%m", max_length=300, blank=True)
    code_digest = models.CharField(max_length=128, blank=True)  # of the code sent by message
    code_tries = models.SmallIntegerField(default=0)
    done_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "assistance_evaluation"
        verbose_name_plural = _("evaluations")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="assistance_evaluation_once"),
            models.CheckConstraint(
                condition=(Q(satisfaction=None) | Q(satisfaction__range=(1, 5)))
                & (Q(attribution=None) | Q(attribution__range=(0, 100))),
                name="assistance_evaluation_ranges",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], name="assistance_evaluation_due", condition=Q(done_on=None)
            ),
            models.Index(
                fields=["case", "due_from"],
                name="assistance_evaluation_open",
                condition=Q(done_on=None),
            ),
        ]


class Measurement(models.Model):
    """The value of an indicator on a day, in thousandths of its unit. ``evaluation`` is its round."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measurements")
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, null=True, blank=True, related_name="measurements"
    )
    measured_on = models.DateField()
    value = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "assistance_measurement"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "evaluation"], name="assistance_measurement_once"
            )
        ]
