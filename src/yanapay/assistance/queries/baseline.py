"""Answers of the baseline's field form: which case one belongs to, and those of a case."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from yanapay.assistance.choices import State
from yanapay.assistance.models import Case
from yanapay.directory.models import Identifier, Observation
from yanapay.surveys.choices import Purpose
from yanapay.surveys.models import Submission


def case_of(submission: Submission, values: Mapping[str, Any]) -> Case | None:
    """The open case of the answer's centre that the form names by its number, or by that of the enterprise."""
    alive = Case.objects.filter(centre=submission.centre, state__in=[State.OPEN, State.PAUSED])
    if number := str(values.get("case_number") or "").strip():
        return alive.filter(number__iexact=number).first()
    tax_id = "".join(str(values.get("tax_id") or "").split())
    held = Identifier.objects.filter(number=tax_id).values("organisation")
    return alive.filter(organisation__in=held).order_by("-pk").first() if tax_id else None


def answers_of(case: Case) -> "QuerySet[Submission]":
    """The answers whose figures became observations of the enterprise, the newest first."""
    told = Observation.objects.filter(organisation=case.organisation).exclude(evidence="")
    found = Submission.objects.filter(
        instance_id__in=told.values("evidence"),
        centre=case.centre,
        instrument__purpose=Purpose.BASELINE,
    )
    return found.current().select_related("instrument", "version").order_by("-pk")
