"""Technologies applied in a case and what they changed."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from yanapay.assistance.choices import ChangeKind
from yanapay.assistance.models import Case, TechnologyUse
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.rules.delivery import in_order
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.kernel.errors import RuleBroken
from yanapay.roster.actions.catalogue import add_technology
from yanapay.roster.models import Technology


@transaction.atomic
def apply_technology(
    *, by: Actor, case: Case, changes: Collection[str], on: date, technology: Technology | None = None,
    category: str = "", name: str = "", note: str = "",
) -> TechnologyUse:  # fmt: skip
    """A technology was applied: ``changes`` are values of ChangeKind, at least one. Again: corrects it.

    One that the catalogue lacks is added to it by ``category`` and ``name``.
    """
    case = standing(case)
    if not changes or set(changes) - set(ChangeKind.values):
        raise RuleBroken("Say what it changed: equipment, skills or organisation.", field="changes")
    in_order(case.opened_on, on, "This is before the case was opened ({on}).", "on")
    technology = technology or add_technology(by=by, category=category, name=name)
    kinds = {f"changes_{kind}": kind in changes for kind in ChangeKind.values}
    use, _ = TechnologyUse.objects.update_or_create(
        case=case, technology=technology, defaults={**kinds, "applied_on": on, "note": note}
    )
    record(
        by=by, action="assistance.technology_applied", object_type="case", object_id=case.pk,
        changes={"technology": technology.name, "changes": sorted(changes)},
    )  # fmt: skip
    return use


@transaction.atomic
def withdraw_technology(*, by: Actor, use: TechnologyUse, reason: str) -> None:
    """It was noted by mistake."""
    case = standing(use.case)
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    record(
        by=by, action="assistance.technology_withdrawn", object_type="case", object_id=case.pk,
        changes={"technology": use.technology.name}, reason=reason,
    )  # fmt: skip
    use.delete()
