"""Opening one case, to read it or to change it."""

from yanapay.assistance.choices import State
from yanapay.assistance.models import Case
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound, RuleBroken


def open_case(scope: Scope, pk: int) -> Case:
    """The case if the scope may see it; else NotFound: nobody learns whether it exists."""
    visible = Case.objects.visible_to(scope).select_related(
        "organisation__area", "organisation__centre", "contact", "responsible", "centre", "previous"
    )
    case = visible.filter(pk=pk).first()
    if case is None:
        raise NotFound("There is no such case, or it is not in your centre.")
    return case


def standing(case: Case) -> Case:
    """The case as it is now, locked; raises RuleBroken when it has ended: what ended is read only."""
    current = Case.objects.select_for_update().get(pk=case.pk)
    if current.state not in (State.OPEN, State.PAUSED):
        raise RuleBroken(
            "This case has ended and can only be read. Add an addendum or open a new one."
        )
    return current
