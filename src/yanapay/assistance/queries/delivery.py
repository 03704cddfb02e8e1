"""Planned against delivered in a case."""

from django.db.models import Count, Q, QuerySet, Sum

from yanapay.assistance.access import LEADERS
from yanapay.assistance.choices import BudgetKind, PlanState
from yanapay.assistance.models import BudgetLine, Case, Contract, Milestone
from yanapay.assistance.rules.delivery import HOURS_A_DAY, Tally
from yanapay.directory.models import PersonRoleRecord

HUNDREDTHS, MINUTES = 100, 60


def tallies(case: Case) -> list[Tally]:
    """Visits, hours, tasks, deliverables and money paid to specialists: so much of so much."""
    visits = case.visits.filter(cancelled_reason="").aggregate(
        done=Count("pk", filter=~Q(done_on=None)), all=Count("pk"), minutes=Sum("minutes")
    )
    tasks = case.tasks.aggregate(done=Count("pk", filter=~Q(done_on=None)), all=Count("pk"))
    return [
        Tally("visits", visits["done"], visits["all"]),
        Tally("hours", round((visits["minutes"] or 0) / MINUTES), _budgeted_hours(case)),
        Tally("tasks", tasks["done"], tasks["all"]),
        *_contracts(case),
    ]


def deliverables_for(user_id: int) -> QuerySet[Milestone]:
    """What specialists delivered to the enterprises that the user leads, and nobody accepted yet."""
    led = PersonRoleRecord.objects.filter(
        person__account__user=user_id, until=None, role__in=LEADERS
    ).values("organisation")
    waiting = Milestone.objects.filter(
        contract__assignment__case__organisation__in=led, contract__ended_reason="",
        delivered_on__isnull=False, accepted_on=None,
    )  # fmt: skip
    return waiting.select_related(
        "contract__assignment__case__organisation", "contract__assignment__specialist__person"
    ).order_by("delivered_on", "pk")


def _budgeted_hours(case: Case) -> int:
    """The specialist days of the accepted budget, in hours."""
    days = BudgetLine.objects.filter(
        plan__case=case, plan__state=PlanState.ACCEPTED, kind=BudgetKind.SPECIALIST
    ).aggregate(total=Sum("quantity"))["total"]
    return (days or 0) * HOURS_A_DAY // HUNDREDTHS


def _contracts(case: Case) -> list[Tally]:
    """Deliverables accepted, and money paid by currency; what was broken off unaccepted is not planned."""
    owed = Milestone.objects.filter(contract__assignment__case=case).exclude(
        ~Q(contract__ended_reason=""), accepted_on=None
    )
    count = owed.aggregate(done=Count("pk", filter=~Q(accepted_on=None)), all=Count("pk"))
    found = [Tally("deliverables", count["done"], count["all"])]
    for currency in sorted(
        set(Contract.objects.filter(assignment__case=case).values_list("currency", flat=True))
    ):
        money = owed.filter(contract__currency=currency).aggregate(
            paid=Sum("amount", filter=~Q(paid_on=None)), all=Sum("amount")
        )
        found.append(Tally("paid", money["paid"] or 0, money["all"] or 0, currency))
    return found
