"""The visits after the end: what was measured, what the client says it is owed to, what remains."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction

from yanapay.accounts.models import User
from yanapay.assistance.actions.cases import open_case
from yanapay.assistance.choices import Origin, Signature, Stage, State
from yanapay.assistance.models import Case, Evaluation, Measurement
from yanapay.assistance.queries.results import indicators_of
from yanapay.assistance.rules.codes import READ_BACK
from yanapay.assistance.rules.signatures import SUFFIXES, check_image
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.actions.observations import observe
from yanapay.directory.models import Observation
from yanapay.kernel.changes import require_version
from yanapay.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Visited:
    """What an evaluation visit gave. ``values`` maps an indicator's key to thousandths of its unit;
    ``figures`` are those of the enterprise on that day (fields of Observation), if they were taken."""

    on: date
    satisfaction: int | None = None
    attribution: int | None = None
    effect: str = ""
    remaining: str = ""
    answers: Mapping[str, bool] = field(default_factory=dict)
    values: Mapping[int, int] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def record_evaluation(
    *, by: Actor, evaluation: Evaluation, visited: Visited, version: int | None = None
) -> Evaluation:
    """Note a round. Until the client has confirmed it, it can be noted again; measurements are replaced.

    Raises RuleBroken before the end of the work, EditConflict when somebody saved meanwhile.
    """
    case = _evaluable(evaluation.case)
    evaluation = case.evaluations.select_for_update().get(pk=evaluation.pk)
    require_version(version, evaluation.version)
    if evaluation.confirmed_on:
        raise RuleBroken("The client has confirmed this evaluation: it can only be read.")
    _check(case, visited)
    evaluation.observation = _observed(by, case, evaluation, visited)
    evaluation.done_on, evaluation.done_by_name = visited.on, by.user_name
    for name in ("satisfaction", "attribution", "effect", "remaining"):
        setattr(evaluation, name, getattr(visited, name))
    evaluation.answers = dict(visited.answers)
    evaluation.version += 1
    evaluation.save()
    _measure(evaluation, visited)
    _record(by, "assistance.evaluation_recorded", evaluation, measured=len(visited.values))
    return evaluation


@transaction.atomic
def confirm_evaluation(
    *, by: Actor, evaluation: Evaluation, on: date, name: str, how: str, attribution: int,
    image: "File[bytes] | None" = None, content_type: str = "image/png",
) -> Evaluation:  # fmt: skip
    """The client's own word: how much of the change is owed to the assistance. From now on read only.

    ``image`` is a drawn signature or a scanned paper.
    """
    case = _evaluable(evaluation.case)
    evaluation = case.evaluations.select_for_update().get(pk=evaluation.pk)
    _check_word(evaluation, on, name, attribution)
    if how == Signature.PAPER and image is None:
        raise RuleBroken("Add a scan or a photo of the signed paper.", field="image")
    if how == Signature.CODE and evaluation.code_tries != READ_BACK:
        raise RuleBroken("The code was not given back.", field="code")
    if image is not None:
        check_image(image, content_type)
        name = f"evaluation-{evaluation.pk}{SUFFIXES[content_type]}"
        evaluation.signature_image.save(name, image, save=False)
    evaluation.attribution = attribution
    evaluation.confirmed_on, evaluation.confirmed_by_name = on, name.strip()
    evaluation.confirmed_how, evaluation.code_digest = how, ""
    evaluation.version += 1
    evaluation.save()
    _record(
        by, "assistance.evaluation_confirmed", evaluation, how=str(how), attribution=attribution
    )
    return evaluation


@transaction.atomic
def open_follow_up(
    *, by: Actor, evaluation: Evaluation, responsible: User, on: date, title: str
) -> Case:
    """A new case from what remains; it names this one as the earlier. There is one at most."""
    case = Case.objects.select_for_update().get(pk=evaluation.case_id)
    if evaluation.done_on is None or not evaluation.remaining.strip():
        raise RuleBroken("Write first what remains to be done.")
    if case.following.exists():
        raise RuleBroken("A case for what remains was opened already.")
    return open_case(
        by=by, centre=case.centre, organisation=case.organisation, responsible=responsible, on=on,
        origin=Origin.FOLLOW_UP, previous=case,
        fields={"title": title, "line": case.line, "topic": case.topic, "subsector": case.subsector,
                "contact": case.contact},
    )  # fmt: skip


def _evaluable(case: Case) -> Case:
    """The case, locked. Later rounds are made after it was closed."""
    current = Case.objects.select_for_update().get(pk=case.pk)
    if current.state in (State.ABANDONED, State.REFUSED):
        raise RuleBroken("This case was broken off: there is nothing to evaluate.")
    if current.stage < Stage.EVALUATION or current.ended_on is None:
        raise RuleBroken(
            "There is no evaluation before the end of the work. Finish the execution first."
        )
    return current


def _check(case: Case, visited: Visited) -> None:
    if case.ended_on and visited.on < case.ended_on:
        raise RuleBroken(
            "This is before the end of the work ({day}).", field="on", day=case.ended_on
        )
    if visited.satisfaction is not None and not 1 <= visited.satisfaction <= 5:
        raise RuleBroken("Satisfaction goes from 1 to 5.", field="satisfaction")
    _check_percent(visited.attribution)
    known = {indicator.pk for indicator in indicators_of(case)}
    if not known.issuperset(visited.values):
        raise RuleBroken("An indicator is not of the plan in force. Load the page again.")


def _check_percent(attribution: int | None) -> None:
    if attribution is not None and not 0 <= attribution <= 100:
        raise RuleBroken("A share lies between 0 and 100 %.", field="attribution")


def _check_word(evaluation: Evaluation, on: date, name: str, attribution: int) -> None:
    if evaluation.done_on is None:
        raise RuleBroken("The client confirms what was measured: note the visit first.")
    if evaluation.confirmed_on:
        raise RuleBroken("The client has confirmed this evaluation already.")
    if on < evaluation.done_on:
        raise RuleBroken(
            "The visit was later than that, on {day}.", field="on", day=evaluation.done_on
        )
    if not name.strip():
        raise RuleBroken("Write the name of who confirms.", field="name")
    _check_percent(attribution)


def _observed(
    by: Actor, case: Case, evaluation: Evaluation, visited: Visited
) -> Observation | None:
    """The figures of that day, added once; a later correction is the directory's."""
    if evaluation.observation or not visited.figures:
        return evaluation.observation
    figures = {"source": case.number, **visited.figures, "observed_on": visited.on}
    return observe(by=by, organisation=case.organisation, figures=figures)


def _measure(evaluation: Evaluation, visited: Visited) -> None:
    evaluation.measurements.all().delete()
    Measurement.objects.bulk_create(
        Measurement(indicator_id=key, evaluation=evaluation, measured_on=visited.on, value=value)
        for key, value in visited.values.items()
    )


def _record(by: Actor, action: str, evaluation: Evaluation, **changes: Any) -> None:
    """What was said stays out of the trail: it may name people."""
    record(by=by, action=action, object_type="case", object_id=evaluation.case_id,
           changes={"round": evaluation.round, **changes})  # fmt: skip
