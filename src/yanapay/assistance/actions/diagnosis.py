"""Writing the diagnosis of a case: answers, baseline figures, what is strong and what follows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from yanapay.assistance.models import Case, Diagnosis
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.rules import questionnaire
from yanapay.assistance.rules.founding import require_founded
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.actions.observations import observe
from yanapay.directory.models import Observation
from yanapay.kernel.changes import require_version
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def write_diagnosis(
    *, by: Actor, case: Case, on: date, answers: Mapping[str, int], strengths: str = "",
    conclusions: str = "", baseline: Observation | None = None,
    figures: Mapping[str, Any] | None = None, version: int | None = None, asked: str = "",
) -> Diagnosis:  # fmt: skip
    """The scored diagnosis of a day.

    The baseline is a standing observation of the enterprise, or new ``figures`` (as ``observe`` takes
    them, of the day of the diagnosis unless they say another). ``asked`` is the version of the
    questionnaire; empty: that of the diagnosis, or the one in force. Unanswered questions stay out of
    ``answers``. No text enters the trail.
    """
    current = standing(case)
    diagnosis, _ = Diagnosis.objects.select_for_update().get_or_create(case=current)
    require_version(version, diagnosis.version)
    diagnosis.questionnaire = asked or diagnosis.questionnaire or questionnaire.CURRENT
    questionnaire.check_answers(questionnaire.load(diagnosis.questionnaire, "en"), answers)
    require_founded(on, current.organisation.start_date)
    diagnosis.baseline = _baseline(by, current, on, baseline, figures)
    diagnosis.done_on, diagnosis.answers = on, dict(answers)
    diagnosis.strengths, diagnosis.conclusions = strengths.strip(), conclusions.strip()
    diagnosis.done_by_name = by.user_name
    diagnosis.version += 1
    diagnosis.save()
    record(
        by=by, action="assistance.diagnosis_written", object_type="case", object_id=case.pk,
        changes={"on": on.isoformat(), "answers": len(answers), "baseline": diagnosis.baseline_id},
    )  # fmt: skip
    return diagnosis


def _baseline(
    by: Actor, case: Case, on: date, baseline: Observation | None,
    figures: Mapping[str, Any] | None,
) -> Observation | None:  # fmt: skip
    if figures:
        return observe(
            by=by, organisation=case.organisation, figures={"observed_on": on, **figures}
        )
    if baseline is not None:
        if baseline.organisation_id != case.organisation_id:
            raise RuleBroken("These figures are of another enterprise.", field="baseline")
        if baseline.replaced_by_id:
            raise RuleBroken(
                "These figures were corrected. Choose the newer ones.", field="baseline"
            )
    return baseline
