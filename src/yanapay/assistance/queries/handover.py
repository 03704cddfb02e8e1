"""Transfers of a service: which, how they go, and the act that states them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from yanapay.assistance.models import Case, Consultation, Evaluation, ServiceTransfer
from yanapay.assistance.queries.consultations import asked_between
from yanapay.assistance.queries.costing import months
from yanapay.assistance.rules.costing import Ratio
from yanapay.centres.rules import Scope
from yanapay.kernel.errors import NotFound


@dataclass(frozen=True)
class SharedMonth:
    """How the service did in a month. ``satisfaction`` is the mean of ``rated`` answers."""

    first: date
    cases: int
    consultations: int
    satisfaction: float | None
    rated: int
    ratio: Ratio


def transfers(scope: Scope) -> QuerySet[ServiceTransfer]:
    """Those of the centres that the user coordinates; all for who manages centres."""
    rows = ServiceTransfer.objects.select_related("centre", "source", "target")
    rows = rows.annotate(
        of=Count("components"),
        accepted=Count("components", filter=Q(components__accepted_on__isnull=False)),
    )
    centres = scope.centres_with("assistance.assign")
    if scope.may("centres.manage") or centres is None:
        return rows.order_by("-agreed_on", "-pk")
    return rows.filter(centre__in=centres).order_by("-agreed_on", "-pk")


def open_transfer(scope: Scope, pk: int) -> ServiceTransfer:
    """The transfer if the scope may see it; else NotFound."""
    found = transfers(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such transfer, or it is not in your centre.")
    return found


def shared_months(transfer: ServiceTransfer, today: date) -> list[SharedMonth]:
    """Month by month since both institutions run the service together; none before."""
    if transfer.shared_since is None:
        return []
    since, until = transfer.shared_since, min(transfer.completed_on or today, today)
    if until < since:
        return []
    return [
        _month(
            transfer,
            max(month.first, since),
            min(_last(month.first), until),
            month.ratio,
            month.first,
        )
        for month in months(transfer.centre, since, until)
    ]


def transfer_act(transfer: ServiceTransfer) -> dict[str, Any]:
    """What the act of transfer states, as plain values: for the document."""
    components = [
        {
            "kind": component.kind, "kind_label": str(component.get_kind_display()),
            "description": component.description, "handed_on": component.handed_on,
            "accepted_on": component.accepted_on, "accepted_by": component.accepted_by_name,
            "remarks": component.remarks,
        }
        for component in transfer.components.all()
    ]  # fmt: skip
    return {
        "centre": transfer.centre.name, "source": transfer.source.name, "target": transfer.target.name,
        "phase": transfer.phase, "phase_label": str(transfer.get_phase_display()),
        "agreed_on": transfer.agreed_on, "shared_since": transfer.shared_since,
        "completed_on": transfer.completed_on, "terms": transfer.terms, "components": components,
    }  # fmt: skip


def _month(
    transfer: ServiceTransfer, start: date, end: date, ratio: Ratio, first: date
) -> SharedMonth:
    centre = transfer.centre
    asked = asked_between(Consultation.objects.filter(centre=centre), start, end)
    rated = Evaluation.objects.filter(case__centre=centre, done_on__range=(start, end)).aggregate(
        mean=Avg("satisfaction"), n=Count("satisfaction")
    )
    opened = Case.objects.filter(centre=centre).opened_between(start, end).count()
    return SharedMonth(first, opened, asked.count(), rated["mean"], rated["n"], ratio)


def _last(first: date) -> date:
    """The last day of a month."""
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return date.fromordinal(following.toordinal() - 1)
