"""Short questions and their answers: together, the knowledge base of the centre."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import Channel, Outcome
from yanapay.assistance.models.cases import Case
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.models import Organisation, Person
from yanapay.places.models import Area
from yanapay.roster.choices import Topic


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, scope: Scope) -> "ConsultationQuerySet":
        centres = scope.centres_with("assistance.view")
        return self if centres is None else self.filter(centre__in=centres)

    def newest_first(self) -> "ConsultationQuerySet":
        return self.order_by("-asked_at", "-pk")


class Consultation(models.Model):
    """A question answered in about ten minutes, anonymous or of a known person or enterprise.

    ``search_text`` holds question and answer, folded. ``based_on`` is the past answer that was given
    again. Texts may name people: they are personal data of the centre.
    """

    centre = models.ForeignKey(Centre, db_index=False, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    asked_at = models.DateTimeField(_("asked at"))
    minutes = models.SmallIntegerField(_("minutes"), default=0)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    topic = models.CharField(_("topic"), max_length=30, choices=Topic)
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    search_text = models.TextField(editable=False, db_default="", default="")
    material = models.CharField(_("material handed over"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    referred_to = models.CharField(_("referred to"), max_length=200, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="consultations"
    )
    based_on = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reused_in"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_by_name = models.CharField(max_length=150)
    is_fictitious = models.BooleanField(default=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        db_table = "assistance_consultation"
        verbose_name_plural = _("consultations")
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="assistance_consultation_once"),
            models.CheckConstraint(
                condition=Q(minutes__range=(0, 600)), name="assistance_consultation_minutes"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["centre", "-asked_at"], name="assistance_consultation_newest"),
            models.Index(fields=["centre", "topic"], name="assistance_consultation_topic"),
        ]


class CourseWish(models.Model):
    """Somebody would like a course on something: the demand that training is planned from."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(_("topic"), max_length=30, choices=Topic)
    wish = models.CharField(_("which course"), max_length=200)
    noted_on = models.DateField()
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, null=True, blank=True, related_name="wishes"
    )

    class Meta:
        db_table = "assistance_course_wish"
        verbose_name_plural = _("course wishes")
