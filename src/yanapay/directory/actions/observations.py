"""Adding dated figures and correcting them. Nothing is ever overwritten."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.directory.models import Observation, Organisation
from yanapay.directory.rules.figures import check_figures
from yanapay.kernel.changes import plain
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def observe(*, by: Actor, organisation: Organisation, figures: Mapping[str, Any]) -> Observation:
    """Add the figures of a day. ``figures`` are field names of Observation; ``observed_on`` is needed."""
    check_figures(figures, organisation.start_date, timezone.localdate())
    observation = Observation.objects.create(
        organisation=organisation, author=by.user_name, **figures
    )
    _record(by, "directory.observed", observation, figures)
    return observation


@transaction.atomic
def correct_observation(
    *, by: Actor, observation: Observation, figures: Mapping[str, Any], reason: str
) -> Observation:
    """Replace an observation by a corrected one, with the reason; the old figures stay readable."""
    observation = Observation.objects.select_for_update().get(pk=observation.pk)
    if observation.replaced_by_id:
        raise RuleBroken("This observation was already corrected. Correct the newer one.")
    if not reason.strip():
        raise RuleBroken("Say why the figures are corrected.", field="reason")
    check_figures(figures, observation.organisation.start_date, timezone.localdate())
    corrected = Observation.objects.create(
        organisation=observation.organisation, author=by.user_name, reason=reason, **figures
    )
    observation.replaced_by = corrected
    observation.save(update_fields=["replaced_by"])
    _record(by, "directory.observation_corrected", corrected, figures, reason)
    return corrected


def _record(
    by: Actor, action: str, observation: Observation, figures: Mapping[str, Any], reason: str = ""
) -> None:
    told = {field: plain(value) for field, value in figures.items() if value not in (None, "")}
    record(by=by, action=action, object_type="organisation", object_id=observation.organisation_id,
           changes={"observation": observation.pk, **told}, reason=reason)  # fmt: skip
