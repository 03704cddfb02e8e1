"""Visits to come and made."""

from datetime import date

from django.db.models import Q, QuerySet

from yanapay.assistance.models import Case, Visit
from yanapay.centres.rules import Scope


def visits_between(
    scope: Scope, start: date, end: date, visitor: int | None = None
) -> QuerySet[Visit]:
    """Visits planned or made from ``start`` to ``end`` in the cases of the scope, in order of time.

    Those called off are left out. ``visitor`` is the key of a user: only their visits.
    """
    found = Visit.objects.filter(case__in=Case.objects.visible_to(scope), cancelled_reason="")
    if visitor is not None:
        found = found.filter(visitor=visitor)
    within = Q(done_on=None, planned_on__range=(start, end)) | Q(done_on__range=(start, end))
    told = found.filter(within).select_related(
        "case__organisation__area", "case__contact", "visitor", "assignment__specialist__person"
    )
    return told.order_by("planned_on", "planned_at", "pk")
