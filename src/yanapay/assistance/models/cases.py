"""Cases of assistance and what happened to them as a whole."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import (
    AssignmentState,
    Line,
    Move,
    Origin,
    RequestState,
    Stage,
    State,
    Subsector,
)
from yanapay.centres.models import Centre
from yanapay.centres.rules import Scope
from yanapay.directory.models import Consent, Organisation, Person
from yanapay.kernel.text import distinct_words
from yanapay.roster.choices import Topic

OF_A_SPECIALIST = (AssignmentState.ASKED, AssignmentState.ACCEPTED, AssignmentState.ENDED)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, scope: Scope) -> "CaseQuerySet":
        """The cases of the user's centres; a specialist sees those they were asked to help with."""
        centres = scope.centres_with("assistance.view")
        if centres is None:
            return self
        if not scope.may("assistance.serve"):
            return self.filter(centre__in=centres)
        mine = Q(
            assignments__specialist__user=scope.user_id, assignments__state__in=OF_A_SPECIALIST
        )
        served = Case.objects.filter(mine).values("pk")
        return self.filter(Q(centre__in=centres) | Q(pk__in=served))

    def standing(self) -> "CaseQuerySet":
        """Open or paused: somebody still answers for it."""
        return self.filter(state__in=(State.OPEN, State.PAUSED))

    def opened_between(self, start: date, end: date) -> "CaseQuerySet":
        """Both days included."""
        return self.filter(opened_on__range=(start, end))

    def newest_first(self) -> "CaseQuerySet":
        return self.order_by("-opened_on", "-pk")


class Case(models.Model):
    """One service of technical assistance (SAT) to one enterprise, through six stages.

    ``stage`` is where it stands, ``state`` whether it goes on; ``stage_since`` is the day it came there.
    ``version`` grows with every change of the case itself (not of its parts). ``search_text`` holds number,
    title and the name of the enterprise, folded.
    """

    centre = models.ForeignKey(Centre, db_index=False, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("what it is about"), max_length=200)
    search_text = models.TextField(editable=False, db_default="", default="")
    line = models.CharField(_("line of service"), max_length=20, choices=Line)
    topic = models.CharField(_("topic"), max_length=30, choices=Topic, blank=True)
    subsector = models.CharField(_("subsector"), max_length=20, choices=Subsector)
    stage = models.SmallIntegerField(choices=Stage, default=Stage.PROMOTION)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_on = models.DateField(_("opened on"))
    stage_since = models.DateField()
    ended_on = models.DateField(_("end of the work"), null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="following"
    )
    is_fictitious = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        db_table = "assistance_case"
        verbose_name_plural = _("assistance cases")
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="assistance_case_number_once"),
            models.CheckConstraint(
                condition=Q(stage__range=(1, 6)), name="assistance_case_stage"
            ),
            models.CheckConstraint(
                condition=Q(stage_since__gte=F("opened_on")), name="assistance_case_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("opened_on")),
                name="assistance_case_ends_later",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(closed_on__isnull=False),
                name="assistance_case_closed_on",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["centre", "state", "stage", "stage_since", "id"],
                name="assistance_case_board",
            ),
            models.Index(
                fields=["responsible", "state", "stage_since"], name="assistance_case_mine"
            ),
            models.Index(fields=["centre", "opened_on"], name="assistance_case_opened"),
            models.Index(fields=["opened_on"], name="assistance_case_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def keep_searchable(self) -> None:
        """Compute anew what the search reads of number, title and enterprise."""
        self.search_text = distinct_words([self.number, self.title, self.organisation.name])


class Transition(models.Model):
    """Who moved a case from where to where, on which day, and why. Written once."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transitions")
    move = models.CharField(max_length=10, choices=Move)
    from_stage = models.SmallIntegerField(choices=Stage, null=True)
    to_stage = models.SmallIntegerField(choices=Stage)
    from_state = models.CharField(max_length=10, choices=State, blank=True)
    to_state = models.CharField(max_length=10, choices=State)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "assistance_transition"
        ordering = ["pk"]


class Promotion(models.Model):
    """How the case began: where the contact came from and what the first conversation gave."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="promotion")
    version = models.IntegerField(default=1)
    origin = models.CharField(_("origin"), max_length=15, choices=Origin)
    origin_detail = models.CharField(_("which one"), max_length=200, blank=True)
    contacted_on = models.DateField(_("first contact"), null=True, blank=True)
    conversation = models.TextField(_("first conversation"), blank=True)
    expectations = models.TextField(_("what the enterprise expects"), blank=True)
    has_conflict = models.BooleanField(_("is there a conflict of interest?"), null=True)
    conflict_note = models.TextField(_("how the conflict is dealt with"), blank=True)
    consent = models.ForeignKey(
        Consent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "assistance_promotion"


class CaseTransfer(models.Model):
    """A case offered to another centre, which accepts or declines it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transfers")
    source = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.PENDING)
    reason = models.CharField(_("reason"), max_length=300)
    answer = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField()
    asked_by_name = models.CharField(max_length=150)
    answered_on = models.DateField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "assistance_case_transfer"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=RequestState.PENDING),
                name="assistance_transfer_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="assistance_transfer_elsewhere"
            ),
        ]  # fmt: skip


class Reminder(models.Model):
    """That somebody was reminded of something due, so that nobody is reminded of it twice.

    ``key`` names rule, subject and due day ("answer:assignment:12:2026-11-24").
    """

    key = models.CharField(max_length=120, primary_key=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "assistance_reminder"
