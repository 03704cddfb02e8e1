"""Non-conformities: the register, one of them, and those that wait."""

from django.db.models import F, QuerySet
from django.urls import reverse

from yanapay.base.work import WorkItem
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound
from yanapay.quality.models import Nonconformity


def register(scope: Scope, *, state: str = "", year: int | None = None) -> QuerySet[Nonconformity]:
    """The register of the user's centres, newest first."""
    found = Nonconformity.objects.visible_to(scope)
    if state:
        found = found.filter(state=state)
    if year:
        found = found.filter(found_on__year=year)
    return found.select_related("centre", "responsible", "document").order_by("-found_on", "-pk")


def open_finding(scope: Scope, pk: int) -> Nonconformity:
    """One of them, if the scope may see it; else NotFound."""
    found = register(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such finding, or it is not in your centre.")
    return found


def waiting(scope: Scope, limit: int) -> list[WorkItem]:
    """What the user answers for; whoever keeps the quality record sees those of the centre too."""
    standing = Nonconformity.objects.standing().order_by(F("due_on").asc(nulls_first=True), "pk")
    mine = list(standing.filter(responsible=scope.user_id)[:limit]) if scope.user_id else []
    centres = scope.centres_with("quality.manage")
    others = standing.exclude(pk__in=[one.pk for one in mine])
    others = others if centres is None else others.filter(centre__in=centres)
    return [
        WorkItem(
            "findings", f"{one.number} {one.description[:80]}", reverse("quality:finding", args=[one.pk]),
            str(one.get_state_display()), due=one.due_on, is_mine=one.responsible_id == scope.user_id,
        )
        for one in [*mine, *others[: limit - len(mine)]]
    ]  # fmt: skip


def owned_by(user_id: int) -> int:
    """How many open findings a user answers for."""
    return Nonconformity.objects.standing().filter(responsible=user_id).count()
