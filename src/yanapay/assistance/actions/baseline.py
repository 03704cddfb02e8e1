"""An answer of the baseline's field form lands in its case: its figures become a dated observation."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.queries.baseline import case_of
from yanapay.assistance.rules.field_form import figures_said
from yanapay.audit.rules import Actor
from yanapay.directory.actions.observations import correct_observation, observe
from yanapay.directory.models import Observation
from yanapay.surveys.choices import Purpose
from yanapay.surveys.models import Submission


@transaction.atomic
def take_baselines(*, by: Actor, submissions: Iterable[Submission]) -> None:
    """Follow derived answers, those of other forms unread."""
    for one in submissions:
        if one.instrument.purpose == Purpose.BASELINE:
            take_baseline(by=by, submission=one)


@transaction.atomic
def take_baseline(*, by: Actor, submission: Submission) -> Observation | None:
    """Follow a derived answer; None when it is of another form, or no open case is named by it.

    The observation's evidence is the answer's id. An edit of the answer corrects the observation.
    """
    record = submission.records.filter(repeat="").first()
    if submission.instrument.purpose != Purpose.BASELINE or record is None:
        return None
    case = case_of(submission, record.values)
    if case is None:
        return None
    figures = figures_said(record.values, timezone.localdate(submission.received_at))
    figures |= {"source": str(submission.instrument)[:200], "evidence": submission.instance_id}
    earlier = _told_before(submission, case.organisation_id)
    if earlier is None:
        return observe(by=by, organisation=case.organisation, figures=figures)
    if earlier.evidence == submission.instance_id:
        return earlier
    return correct_observation(
        by=by,
        observation=earlier,
        figures=figures,
        reason=_("The answer of the field form was edited."),
    )


def _told_before(submission: Submission, organisation_id: int) -> Observation | None:
    """The standing observation of this answer, or of the version of it that it replaces."""
    edits = Submission.objects.filter(
        instrument=submission.instrument_id, root_id=submission.root_id
    ).values("instance_id")
    told = Observation.objects.standing().filter(organisation=organisation_id)
    return told.filter(evidence__in=edits).first()
